"""What a page costs the processor, against the least that a Python server can do. Prints ratios.

    DATABASE_URL=sqlite:////tmp/bench.sqlite3 SECRET_KEY=… python benchmarks/pages.py

Each candidate is gunicorn with one process, and answers the same page in turns: a WSGI function that returns the bytes,
the smallest Django view that returns them, the site with the page kept, asked for with made-up parameters, answered
with 304, with a log of requests, with counts for a monitor too, and drawn for each reader. Processor time is that of
the whole process tree, read from /proc, which is steady on a busy machine; seconds by the clock would not be. The
database must hold the content (`manage.py load_content`).
"""

import http.client
import os
import secrets
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = "/roles/ehr-developer/"
ROUNDS, REQUESTS = 5, 2_000
TICKS = os.sysconf("SC_CLK_TCK")

BARE = """
BODY = open({body!r}, "rb").read()
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "br"),
                              ("Content-Length", str(len(BODY)))])
    return [BODY]
"""
SMALLEST = """
from django.conf import settings
settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="x" * 50)
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path, re_path
BODY = open({body!r}, "rb").read()
urlpatterns = [re_path("", lambda request: HttpResponse(BODY, headers={{"Content-Encoding": "br"}}))]
application = get_wsgi_application()
"""


class Server:
    """gunicorn with one process, and what it cost so far."""

    def __init__(self, application, folder, **environment):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{self.port}"]
        command += [
            "--worker-class",
            "gthread",
            "--threads",
            "4",
            "--no-control-socket",
            "--log-level",
            "error",
            "--pythonpath",
            str(folder),
        ]
        environment = os.environ | environment
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
        self.etag = ""
        while True:
            try:
                self.get(PAGE)
                return
            except OSError:
                time.sleep(0.2)

    def get(self, where, times=1, **headers):
        """Ask so often over one connection; returns the last answer's body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        for _ in range(times):
            connection.request("GET", where.format(secrets.token_hex(4)), headers={"Accept-Encoding": "br"} | headers)
            answer = connection.getresponse()
            body = answer.read()
        self.etag = answer.headers.get("ETag", "")
        connection.close()
        return body

    def seconds(self):
        """Processor time of the process and its children, in seconds."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return sum(self._of(pid) for pid in [self.process.pid, *children])

    @staticmethod
    def _of(pid):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


def main(folder):
    site = {"HTTPS": "off", "ALLOWED_HOSTS": "127.0.0.1", "PAGES_DIR": str(folder / "pages")}
    kept = Server("config.wsgi", folder, KEEP_PAGES="on", **site)
    time.sleep(1)  # until it has seen which state of the content is the newest
    (folder / "body").write_bytes(kept.get(PAGE))
    for name, source in (("bare", BARE), ("smallest", SMALLEST)):
        (folder / f"{name}.py").write_text(source.format(body=str(folder / "body")))
    bare, smallest = Server("bare", folder), Server("smallest", folder)
    drawn = Server("config.wsgi", folder, KEEP_PAGES="off", **site)
    watched = {"KEEP_PAGES": "on", "REQUEST_LOG": "on", "METRICS_TOKEN": secrets.token_urlsafe(24)}
    (folder / "counts").mkdir()
    logged = Server("config.wsgi", folder, **site | watched | {"METRICS_TOKEN": ""})
    counted = Server(
        "config.wsgi", folder, **site | watched, PROMETHEUS_MULTIPROC_DIR=str(folder / "counts"), WORKER_NUMBER="0"
    )
    kept.get(PAGE)
    candidates = {
        "a WSGI function": (bare, PAGE, {}, REQUESTS),
        "the smallest Django view": (smallest, PAGE, {}, REQUESTS),
        "kept": (kept, PAGE, {}, REQUESTS),
        "kept, made-up parameters": (kept, PAGE + "?made_up={}", {}, REQUESTS),
        "kept, answered with 304": (kept, PAGE, {"If-None-Match": kept.etag}, REQUESTS),
        "kept, with a log of requests": (logged, PAGE, {}, REQUESTS),
        "the same, and counted": (counted, PAGE, {}, REQUESTS),
        "drawn for each reader": (drawn, PAGE, {}, REQUESTS // 50),
    }
    ratios = {name: [] for name in candidates}
    for _ in range(ROUNDS):
        cost = {name: cost_of(*candidate) for name, candidate in candidates.items()}
        for name in candidates:
            ratios[name].append(cost[name] / cost["a WSGI function"])
    for name, found in ratios.items():
        print(f"{name}: {statistics.median(found):.2f} ({min(found):.2f} to {max(found):.2f})")
    for server in (bare, smallest, kept, logged, counted, drawn):
        server.process.terminate()


def cost_of(server, where, headers, times):
    """Processor seconds for one request."""
    before = server.seconds()
    server.get(where, times, **headers)
    return (server.seconds() - before) / times


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        main(Path(name))
