"""The search index of the copy, and the list of its pages, as scripts: a page in a folder may not fetch anything."""

import json

from careers.search import find, normalize, ranking
from careers.search.models import SearchEntry


def index_script(harvest):
    """The site's own index, without the texts that are only shown. The script ranks as careers/search/ranking.py."""
    entries = []
    for entry in SearchEntry.objects.public().only("kind", "key", "position", "address", "title", "summary", "text"):
        path, _, fragment = entry.address.partition("#")
        answer = harvest.of(path)
        if answer:
            entries.append(
                {
                    "kind": entry.kind,
                    "key": entry.key,
                    "label": entry.get_kind_display(),
                    "title": entry.title,
                    "summary": entry.summary,
                    "file": f"{answer.file}#{fragment}" if fragment else answer.file,
                    "address": entry.address,
                    "position": entry.position,
                    "text": entry.text,
                }
            )
    return _script(
        "offlineIndex",
        {
            "entries": entries,
            "synonyms": sorted(find.all_synonyms()),
            "stopWords": sorted(normalize.STOP_WORDS),
            "prior": ranking.PRIOR,
            "enough": ranking.ENOUGH,
            "synonymWorth": find.SYNONYM,
            "readings": find.MOST_READINGS,
        },
    )


def pages_script(harvest):
    """{address with parameters: file} of every page that a form of the copy may ask for."""
    files = {address: answer.file for address, answer in harvest.answers.items() if answer.tree and "?" in address}
    return _script("offlinePages", files)


def _script(name, data):
    return f"window.{name} = {json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True)};\n".encode()
