"""Checks whether the addresses of sources still answer, and keeps the outcome beside each source."""

from dataclasses import dataclass, field
from itertools import chain, zip_longest
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from editorial.models import SourceCheck

# When this many hosts are asked and none of them speaks, the trouble is most likely on this side.
HOSTS_TO_DOUBT_OURSELVES = 3
LARGEST_COUNT = 30_000


def agent():
    """How this program introduces itself, so that whoever runs a server can see who asks and why."""
    name = "CareersInHealthcareSoftware-SourceCheck/1"
    return f"{name} (+{settings.SITE_URL}/sources/)" if settings.SITE_URL else name


@dataclass
class Report:
    """What one run found, in words: a line for each source that needs a look, then how many of each outcome."""

    outcomes: dict = field(default_factory=dict)
    lines: list = field(default_factory=list)
    doubts_itself: bool = False

    def note(self, source, answer):
        self.outcomes[answer.outcome] = self.outcomes.get(answer.outcome, 0) + 1
        if answer.outcome != SourceCheck.Outcome.REACHABLE:
            label = SourceCheck.Outcome(answer.outcome).label
            self.lines.append(f"{source.key}: {label.lower()}. {answer.detail}")

    def __str__(self):
        if self.doubts_itself:
            return (
                "No server answered at all, so this machine is probably not connected. Nothing was stored. "
                "(This command connects directly and never through a proxy.)"
            )
        counts = [f"{count} {SourceCheck.Outcome(each).label.lower()}" for each, count in self.outcomes.items()]
        return "\n".join([*self.lines, f"{', '.join(counts) or 'No source to ask'}."])


def check(sources, asker):
    """Ask the address of each source and store the outcome as it comes; returns a Report.

    What failed before the first server spoke is stored only once one does: a machine that is cut off from the
    world is no reason to call every source unreachable.
    """
    report, held_back, heard = Report(), [], False
    for source in spread_over_hosts(sources):
        answer = asker.ask(source.url)
        report.note(source, answer)
        held_back.append((source, answer, timezone.now()))
        heard = heard or answer.was_heard
        if heard:
            _store(held_back)
    silent = {host_of(source) for source, answer, _ in held_back if answer.outcome == SourceCheck.Outcome.UNREACHABLE}
    if len(silent) >= HOSTS_TO_DOUBT_OURSELVES:
        report.doubts_itself = True
    else:
        _store(held_back)
    return report


def host_of(source):
    try:
        return urlsplit(source.url).hostname
    except ValueError:
        return None


def spread_over_hosts(sources):
    """The sources in turns over their hosts, so that the pause for one host passes while others are asked."""
    by_host = {}
    for source in sources:
        by_host.setdefault(host_of(source), []).append(source)
    turns = chain.from_iterable(zip_longest(*by_host.values()))
    return [source for source in turns if source is not None]


def _store(found):
    while found:
        remember(*found.pop(0))


def remember(source, answer, moment):
    """Write down what the address of `source` answered at `moment`. The source itself stays as it is."""
    before = SourceCheck.objects.filter(source=source, asked=source.url).first()
    failed = answer.outcome in SourceCheck.FAILED
    failures = min((before.failures if before else 0) + 1, LARGEST_COUNT) if failed else 0
    since = ((before.failed_since if before else None) or moment) if failed else None
    SourceCheck.objects.update_or_create(
        source=source,
        defaults={
            "asked": source.url,
            "checked_at": moment,
            "outcome": answer.outcome,
            "status": answer.status,
            "final_url": answer.final_url,
            "detail": answer.detail,
            "failures": failures,
            "failed_since": since,
        },
    )
