"""What pages cost, against the least that is possible and against others: make bench.

Every candidate is asked in turns within one run, so that what else the machine does meets all of them alike. Judge by
the processor time of a request (of the whole process tree, from /proc), which is steady on a busy machine; requests a
second and waiting times stand beside it. Prints tables, and writes them into RESULTS.md between the lines that say so.

`--quick` takes one short round: it shows that everything runs, and its numbers mean nothing.
"""

import argparse
import datetime
import os
import platform
import re
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import brotli
import servers
from servers import ROOT, ask, gunicorn, proxy_nginx, static_nginx

HERE = Path(__file__).resolve().parent
ROLE = "/roles/ehr-developer/"
OTHER_ROLE = "/roles/telemedicine-developer/"
COMPARE = "/compare/?role=ehr-developer&role=telemedicine-developer"
PAGES = {"home": "/", "role": ROLE, "compare": COMPARE, "search": "/search/?q=fhir", "API": "/api/v1/roles/"}
ADMIN_LIST = "/admin/roles/role/"

BARE = """
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "br")]
BODIES = {bodies!r}
def application(environ, start_response):
    body = BODIES[environ["PATH_INFO"]]
    start_response("200 OK", [*HEADERS, ("Content-Length", str(len(body)))])
    return [body]
"""
SMALLEST = """
from django.conf import settings
settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="x" * 50)
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import re_path
BODIES = {bodies!r}
urlpatterns = [re_path("", lambda request: HttpResponse(BODIES[request.path], headers={{"Content-Encoding": "br"}}))]
application = get_wsgi_application()
"""


class Bench:
    """The servers of one run, and what they answered. `rounds` of `seconds` for each candidate."""

    def __init__(self, folder, database, wagtail, *, rounds, seconds):
        self.folder, self.database, self.wagtail = folder, database, wagtail
        self.rounds, self.seconds = rounds, seconds
        self.running = []

    def environment(self, **more):
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SECRET_KEY": "for measuring only, and as long as a key has to be to be let in",
            "ALLOWED_HOSTS": "127.0.0.1",
            "HTTPS": "off",
            "STATIC_ROOT": str(self.folder / "collected"),
            "PAGES_DIR": str(self.folder / "pages"),
        } | more

    def site(self, **more):
        return self.started(
            gunicorn("config.wsgi", self.folder, environment=self.environment(**more), first="/healthz")
        )

    def run(self, *command, **more):
        """What one of our own programs printed."""
        done = subprocess.run(  # noqa: S603
            [sys.executable, *command], cwd=ROOT, env=os.environ | self.environment(**more), stdout=subprocess.PIPE,
            text=True, check=True,
        )  # fmt: skip
        return done.stdout

    def started(self, server):
        self.running.append(server)
        return server

    def stop(self):
        while self.running:
            self.running.pop().stop()

    def measure(self, candidates):
        """{name: [Cost of each round]} of {name: (server, addresses, headers)}, all in turns."""
        found = {name: [] for name in candidates}
        for _ in range(self.rounds):
            for name, (server, paths, headers) in candidates.items():
                found[name].append(ask(server, paths, self.seconds, self.folder, **headers))
        return found


def ratios(costs, against, of="processor"):
    """“1.30 (1.21 to 1.42)”: the median of what each round cost against the other's, with the least and the most."""
    each = [getattr(one, of) / getattr(other, of) for one, other in zip(costs, against, strict=True)]
    return f"{statistics.median(each):.2f} ({min(each):.2f} to {max(each):.2f})"


def median(costs, of):
    return statistics.median(getattr(cost, of) for cost in costs)


def row(*cells):
    return "| " + " | ".join(map(str, cells)) + " |"


def table(heads, rows):
    return "\n".join([row(*heads), row(*["---"] * len(heads)), *(row(*each) for each in rows)])


def as_seen(costs):
    """Processor time, requests a second, and waiting times: four cells."""
    return (
        f"{median(costs, 'processor'):,.0f}",
        f"{median(costs, 'rate'):,.0f}",
        f"{median(costs, 'p50') / 1000:.1f}",
        f"{median(costs, 'p99') / 1000:.1f}",
    )


SEEN = ("µs of a processor", "requests a second", "p50, ms", "p99, ms")


def one_page(bench):
    """A role's page by every way in which it can be sent."""
    kept = bench.site()
    kept.get(ROLE), time.sleep(1.2), kept.get(ROLE), time.sleep(1)  # until it is kept, and compressed for good
    headers, body = kept.get(ROLE)
    (bench.folder / "body").write_bytes(body)
    for name, source in (("bare", BARE), ("smallest", SMALLEST)):
        (bench.folder / f"{name}.py").write_text(source.format(bodies={ROLE: body}))
    bare = bench.started(gunicorn("bare", bench.folder, first=ROLE))
    smallest = bench.started(gunicorn("smallest", bench.folder, first=ROLE))
    static = bench.started(static_nginx(bench.folder, "text/html; charset=utf-8"))
    proxy = bench.started(proxy_nginx(bench.folder, kept, ROLE))
    from_files = bench.site(PAGES_MEMORY="0")
    drawn = bench.site(KEEP_PAGES="off")
    watched = bench.site(REQUEST_LOG="on", METRICS_TOKEN=secrets.token_urlsafe(40))
    watched.get(ROLE)
    from_files.get(ROLE), from_files.get(OTHER_ROLE)
    candidates = {
        "a WSGI function that returns the bytes": (bare, [ROLE], {}),
        "the smallest Django view that returns them": (smallest, [ROLE], {}),
        "the site, page kept in memory": (kept, [ROLE], {}),
        "the same with made-up parameters": (kept, [ROLE + "?made_up=%d"], {}),
        "the same, answered with 304": (kept, [ROLE], {"If-None-Match": headers["ETag"]}),
        "the same, with a log of requests and counts": (watched, [ROLE], {}),
        "the site, page kept in files": (from_files, [ROLE, OTHER_ROLE], {}),
        "the site, drawn for each reader": (drawn, [ROLE], {}),
        "nginx, a file of the same bytes": (static, [ROLE], {}),
        "nginx as in deploy/, in front of the site": (proxy, [ROLE], {}),
    }
    if bench.wagtail:
        candidates["a page of the same text in a fresh Wagtail"] = (wagtail(bench, kept), ["/"], {})
    found = bench.measure(candidates)
    base = found["a WSGI function that returns the bytes"]
    part = table(
        ("candidate", "processor, against the function", *SEEN),
        [(name, ratios(costs, base), *as_seen(costs)) for name, costs in found.items()],
    )
    kept_costs, drawn_costs = found["the site, page kept in memory"], found["the site, drawn for each reader"]
    goals = [
        ("kept page, processor against the bare function", "≤ 3", ratios(kept_costs, base)),
        (
            "page kept in files, processor against the bare function",
            "≤ 12",
            ratios(found["the site, page kept in files"], base),
        ),
        ("drawn page, processor against the bare function", "≤ 12", ratios(drawn_costs, base)),
        (
            "nginx in front of the site, requests a second against nginx with a file",
            "≥ 0.8",
            ratios(
                found["nginx as in deploy/, in front of the site"], found["nginx, a file of the same bytes"], "rate"
            ),
        ),
        (
            "made-up parameters, requests a second against the plain address",
            "≥ 0.9",
            ratios(found["the same with made-up parameters"], kept_costs, "rate"),
        ),
        ("304, processor against 200", "≤ 1", ratios(found["the same, answered with 304"], kept_costs)),
    ]
    if bench.wagtail:
        theirs = found["a page of the same text in a fresh Wagtail"]
        goals += [
            ("Wagtail's page, processor against the kept page", "≥ 25", ratios(theirs, kept_costs)),
            (
                "Wagtail's page, processor against the page kept in files",
                "≥ 6",
                ratios(theirs, found["the site, page kept in files"]),
            ),
            ("Wagtail's page, processor against the drawn page", "≥ 6", ratios(theirs, drawn_costs)),
        ]
    bench.stop()
    return [
        f"### One page by every way\nA role's page, {len(body):,} bytes as sent. Each candidate has one process, four "
        f"threads, and {servers.CONNECTIONS} readers at once.\n",
        part,
        "\n### Against the goals\n",
        table(("what", "goal", "measured"), goals),
    ]


def wagtail(bench, kept):
    """A new Wagtail site with one page that holds the text of the role's page."""
    where = bench.folder / "wagtail"
    text = bench.folder / "text"
    text.write_bytes(brotli.decompress(kept.get(ROLE)[1]))
    subprocess.run([bench.wagtail, HERE / "wagtail_page.py", where, text], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return bench.started(gunicorn("careers_wagtail.wsgi", where, python=bench.wagtail, cwd=where))


def all_pages(bench):
    """Each kind of page, kept and drawn, with its weight."""
    kept, drawn = bench.site(), bench.site(KEEP_PAGES="off")
    for _ in range(2):
        for path in PAGES.values():
            kept.get(path)
        time.sleep(1.2)
    bodies = {path.partition("?")[0]: kept.get(path)[1] for path in PAGES.values()}
    (bench.folder / "bare_pages.py").write_text(BARE.format(bodies=bodies))
    bare = bench.started(gunicorn("bare_pages", bench.folder))
    cookie = {"Cookie": f"sessionid={signed_in(bench)}"}
    drawn.get(ADMIN_LIST, **cookie)
    candidates = {}
    for name, path in PAGES.items():
        candidates[name, "function"] = (bare, [path], {})
        candidates[name, "kept"] = (kept, [path], {})
        candidates[name, "drawn"] = (drawn, [path], {})
    candidates["list of roles in the admin", "drawn"] = (drawn, [ADMIN_LIST], cookie)
    found = bench.measure(candidates)
    rows = []
    for name, how in candidates:
        if how != "function":
            base = found.get((name, "function"))
            against = ratios(found[name, how], base) if base else ""
            rows.append((f"{name}, {how}", against, *as_seen(found[name, how])))
    weights = []
    for name, path in PAGES.items():
        plain = drawn.get(path, **{"Accept-Encoding": "identity"})[1]
        zipped = drawn.get(path, **{"Accept-Encoding": "gzip"})[1]
        weights.append((name, f"{len(plain):,}", f"{len(zipped):,}", f"{len(bodies[path.partition('?')[0]]):,}"))
    memory = {"kept": kept.memory(), "drawn": drawn.memory()}
    bench.stop()
    return [
        "\n### Every kind of page\n",
        table(("page", "processor, against the function", *SEEN), rows),
        "\n### Weight, in bytes\n",
        table(("page", "plain", "gzip", "Brotli, kept"), weights),
        "\n### Memory of a process after all that, in megabytes (PSS)\n",
        table(("pages kept", "each page drawn"), [(f"{memory['kept']:.0f}", f"{memory['drawn']:.0f}")]),
    ]


def signed_in(bench):
    """The session of a superuser who is signed in."""
    return bench.run(HERE / "sign_in.py").split()[-1]


def growth(bench, counts):
    """The same pages with more and more roles."""
    grown = {}
    for count in counts:
        database = bench.folder / f"{count}.sqlite3"
        shutil.copy(bench.database, database)
        said = bench.run(HERE / "grow.py", str(count), DATABASE_URL=f"sqlite:///{database}")
        where = {"DATABASE_URL": f"sqlite:///{database}", "PAGES_DIR": str(bench.folder / f"pages-{count}")}
        grown[count] = (said.strip().splitlines()[-1], bench.site(**where), bench.site(KEEP_PAGES="off", **where))
    candidates = {}
    for count, (_, kept, drawn) in grown.items():
        for _ in range(2):
            kept.get(ROLE)
            time.sleep(1.2)
        candidates["role, kept", count] = (kept, [ROLE], {})
        for name, path in {"role": ROLE, "list of roles": "/roles/", **PAGES}.items():
            if name != "role" or path == ROLE:
                candidates[f"{name}, drawn", count] = (drawn, [path], {})
    found = bench.measure(candidates)
    names = list(dict.fromkeys(name for name, _ in candidates))
    rows = []
    for name in names:
        cells = [
            f"{median(found[name, count], 'processor'):,.0f}; {median(found[name, count], 'p50') / 1000:.1f}"
            for count in counts
        ]
        last = [ratios(found[name, counts[-1]], found[name, counts[0]], of) for of in ("processor", "p50")]
        rows.append((name, *cells, *last))
    bench.stop()
    heads = [f"{said.partition(',')[0]} ({said.partition(', ')[2]})" for said, _, _ in grown.values()]
    return [
        "\n### Growth\nMicroseconds of a processor; p50 in milliseconds. The last columns compare the most roles "
        "with the fewest.\n",
        table(("page", *heads, "processor", "p50"), rows),
    ]


def starts(bench):
    """How long until the first answer, with the operating system's cache warm."""
    found = []
    for _ in range(bench.rounds):
        server = bench.site()
        found.append((server.seconds_to_start, server.seconds()))
        bench.stop()
    clock, processor = (statistics.median(each) for each in zip(*found, strict=True))
    return [
        "\n### Start\n",
        table(("seconds until the first answer", "processor, seconds"), [(f"{clock:.1f}", f"{processor:.1f}")]),
    ]


def machine():
    """The machine, in a sentence."""
    cpu = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1]) / 1024 / 1024
    import django

    return (
        f"{os.cpu_count()} processors ({cpu[1] if cpu else platform.machine()}), {memory:.0f} GB, "
        f"Python {platform.python_version()}, Django {django.get_version()}; "
        f"load when it began: {os.getloadavg()[0]:.1f}"
    )


def prepare(bench):
    for command in ("migrate", "load_figures", "load_content", "rebuild_search", "collectstatic --no-input"):
        bench.run("manage.py", *command.split(), "-v", "0")


BEGIN, END = "<!-- make bench writes from here -->\n", "<!-- to here -->\n"


def write(text):
    path = HERE / "RESULTS.md"
    before, _, rest = path.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(before + BEGIN + text + END + after)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="one short round, and nothing is written")
    parser.add_argument("--wagtail", metavar="PYTHON", help="a Python that has Wagtail")
    options = parser.parse_args()
    about = machine()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        rounds, seconds = (1, 1) if options.quick else (7, 2)
        bench = Bench(folder, folder / "content.sqlite3", options.wagtail, rounds=rounds, seconds=seconds)
        try:
            prepare(bench)
            parts = one_page(bench) + all_pages(bench) + starts(bench)
            bench.rounds = min(rounds, 3)
            parts += growth(bench, (5, 50) if options.quick else (5, 500, 5_000))
        finally:
            bench.stop()
    text = (
        f"## What pages cost\n{datetime.date.today():%-d %B %Y}. `make bench`: {about}. SQLite. Medians of {rounds} "
        f"rounds, with the least and the most in parentheses.\n\n" + "\n".join(parts) + "\n"
    )
    print(text)
    if not options.quick:
        write(text)


if __name__ == "__main__":
    main()
