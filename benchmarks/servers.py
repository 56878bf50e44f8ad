"""Starts what is compared on this machine, asks it with wrk, and reads what that cost from /proc."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.servers import free_port, nginx_configuration, nginx_site  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 4


@dataclass(frozen=True)
class Cost:
    """What one request took: microseconds of a processor, and as a reader sees it; requests a second."""

    processor: float
    rate: float
    p50: float
    p99: float
    requests: int


class Server:
    """A program that answers on a port of its own, and the programs it started."""

    def __init__(self, command, port, *, cwd=ROOT, environment=None, first="/", log=None):
        self.port, self.address = port, f"http://127.0.0.1:{port}"
        self.log = log.open("w") if log else subprocess.DEVNULL
        begun = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            command, cwd=cwd, env=os.environ | (environment or {}), stdout=self.log, stderr=self.log
        )
        while True:
            try:
                self.get(first)
                break
            except OSError as error:
                if self.process.poll() is not None or time.monotonic() - begun > 60:
                    raise SystemExit(f"{command[0]} does not answer: {error}") from error
                time.sleep(0.02)
        self.seconds_to_start = time.monotonic() - begun

    def get(self, path, **headers):
        """(headers, body) of one answer. Raises HTTPError, an OSError, for any status but 200."""
        request = urllib.request.Request(self.address + path, headers={"Accept-Encoding": "br"} | headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return answer.headers, answer.read()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)

    def tree(self):
        """The process and all below it, by number."""
        found, waiting = [], [self.process.pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            waiting += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        return found

    def seconds(self):
        """Processor time of the whole tree, in seconds."""
        return sum(map(_processor_seconds, self.tree()))

    def memory(self):
        """Megabytes that the largest process of the tree has for itself or its share of (PSS)."""
        return max(
            int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)[1]) / 1024
            for pid in self.tree()
        )


def _processor_seconds(pid):
    """What a process has taken, and those of its children that have ended: gunicorn begins its processes anew."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


# wrk asks for each address in turn. A %d is another number each time.
ASK = """
local paths, number = {{ {paths} }}, 0
request = function()
  number = number + 1
  local path = paths[number % #paths + 1]:gsub("%%d", tostring(number))
  return wrk.format("GET", path)
end
done = function(summary, latency)
  local errors = summary.errors
  print(string.format("RESULT %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), errors.connect + errors.read + errors.write + errors.timeout + errors.status))
end
"""


def ask(server, paths, seconds, folder, **headers):
    """The Cost of asking for the addresses in turns, for so many seconds. Raises SystemExit when an answer failed."""
    script = folder / "ask.lua"
    script.write_text(ASK.format(paths=", ".join(f'"{path}"' for path in paths)))
    command = [shutil.which("wrk"), "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--timeout", "30s"]
    for name, value in ({"Accept-Encoding": "br"} | headers).items():
        command += ["-H", f"{name}: {value}"]
    before = server.seconds()
    said = subprocess.run(  # noqa: S603
        [*command, "-s", str(script), server.address], capture_output=True, text=True, check=True
    ).stdout
    spent = server.seconds() - before
    requests, microseconds, p50, p99, errors = map(int, re.search(r"^RESULT (.*)$", said, re.M)[1].split())
    if errors or not requests:
        raise SystemExit(f"{errors} of {requests} requests to {server.address} {paths} failed:\n{said}")
    return Cost(spent / requests * 1e6, requests / microseconds * 1e6, p50, p99, requests)


def gunicorn(application, folder, *, python=sys.executable, cwd=ROOT, environment=None, **more):
    """gunicorn as deploy/ has it, with one process."""
    port = free_port()
    command = [python, "-m", "gunicorn", "-c", str(ROOT / "deploy" / "gunicorn.conf.py"), application]
    of_server = {"BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "1", "PYTHONPATH": str(folder)}
    log = folder / f"gunicorn-{port}.log"
    return Server(command, port, cwd=cwd, environment=of_server | (environment or {}), log=log, **more)


def nginx(site, folder, port, **more):
    path = nginx_configuration(folder / f"nginx-{port}", site)
    return Server([shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(path), "-p", str(folder)], port, **more)


def static_nginx(folder, content_type):
    """nginx that sends the file `body` for every address."""
    port = free_port()
    site = f"""server {{ listen 127.0.0.1:{port}; root {folder}; default_type "{content_type}";
      location / {{ try_files /body =404; add_header Content-Encoding br; }} }}"""
    return nginx(site, folder, port)


def proxy_nginx(folder, upstream, first):
    """nginx as deploy/ has it, in front of a server."""
    port = free_port()
    copies = folder / "copies"  # not where the site itself keeps pages
    copies.mkdir()
    site = nginx_site(copies, port, [upstream.port], STATIC_ROOT=str(folder / "collected"))
    return nginx(site, folder, port, first=first)
