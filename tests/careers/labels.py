"""Every label in our templates and our code, as its tag or call names it."""

import re

from django.conf import settings

FOLDERS = ["templates", "config", "careers", "match", "packs", "api", "feedback", "staff", "offline"]
KEY_AND_WORDS = r'"([a-z0-9-]+)"\s*,?\s*"((?:[^"\\]|\\.)*)"'
USES = [
    re.compile(rf"{{% label {KEY_AND_WORDS}"),
    re.compile(rf'{{% nav_link "[\w:-]+" {KEY_AND_WORDS}'),
    re.compile(rf'{{% crumbs \S+ "[\w:-]+" {KEY_AND_WORDS}'),
    re.compile(rf"\blabel\(\s*{KEY_AND_WORDS}"),
]


def labels_used():
    """{key: every wording that the site itself gives it}; of more than one, one is a mistake."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in (".html", ".py"):
                for key, words in (each for use in USES for each in use.findall(path.read_text())):
                    found.setdefault(key, set()).add(words)
    return found
