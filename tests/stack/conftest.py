"""A whole installation on this machine: nginx in front of two web processes, PostgreSQL, and Redis as shared cache.

Tests that need parts of their own (a replica, a disk, a clock) start web processes beside it.
"""

import os
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings

from tests.servers import free_port, nginx_configuration, nginx_site

HERE = Path(__file__).parent
ROOT = settings.BASE_DIR
POSTGRES_CONTROL = shlex.split(os.environ.get("POSTGRES_CONTROL", ""))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("stack")


class Part:
    """One server of the installation: it can be killed, and started again as it was."""

    def __init__(self, command, environment, log, answers):
        self.command, self.environment, self.log, self.answers = command, environment, log, answers
        self.process = None

    def start(self):
        with self.log.open("a") as words:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=words, stderr=words
            )
        wait_until(self.answers, f"{self.command[0]} to answer:\n{self.log.read_text()}")

    def kill(self):
        """As a machine that loses its power does it: without a word."""
        subprocess.run(["pkill", "-KILL", "-P", str(self.process.pid)], check=False)
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


def wait_until(is_true, what, seconds=30):
    end = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > end:
            pytest.fail(f"Waited {seconds} s for {what}", pytrace=False)
        time.sleep(0.05)


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


class Database:
    """A PostgreSQL that `control`, a pg_ctl with its options, starts and stops."""

    def __init__(self, control):
        self.control = control
        program = control.index("--pgdata") - 1
        self.as_its_user, self.programs = control[:program], Path(control[program]).resolve().parent
        self.folder = Path(control[program + 2])

    def do(self, what, *more):
        subprocess.run([*self.control, *more, what], check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=60)

    def stop(self):
        self.do("stop", "--mode", "immediate")

    def start(self):
        self.do("start")

    def run(self, program, *arguments):
        """What one of PostgreSQL's own programs prints, run by the user that the server runs as."""
        command = [*self.as_its_user, str(self.programs / program), *arguments]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def hanging(self):
        """It is not gone: it takes connections, and answers nobody."""
        first = (self.folder / "postmaster.pid").read_text().split()[0]
        children = subprocess.run(["pgrep", "-P", first], capture_output=True, text=True, check=True).stdout.split()
        processes = [int(each) for each in (first, *children)]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGCONT)

    def standby(self, port, source):
        """A streaming replica of this one on `port`, which runs. `source`: the address of this one."""
        folder = self.folder.with_name(f"standby-{port}")
        to, how = ["--pgdata", str(folder), "--write-recovery-conf"], ["--checkpoint", "fast"]
        self.run("pg_basebackup", "--dbname", source, *to, *how)
        places = {str(self.folder): str(folder), str(self.folder / "log"): str(folder / "log")}
        replica = Database([places.get(word, word) for word in self.control[:-1]] + [f"-p {port}"])
        replica.start()
        return replica


class Stack:
    """The installation: `web` two processes, `cache`, `proxy` and `database`; `address` is where readers come in."""

    def __init__(self, folder):
        self.folder = folder
        self.database = Database(POSTGRES_CONTROL)
        self.database_url = os.environ["DATABASE_URL"]
        self.web_ports, cache_port, proxy_port = [free_port(), free_port()], free_port(), free_port()
        self.address = f"http://127.0.0.1:{proxy_port}"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1",
            "HTTPS": "off",
            "SITE_URL": self.address,
            "STATIC_ROOT": str(folder / "static"),
            "CACHE_URL": f"redis://127.0.0.1:{cache_port}/0",
            "WEB_CONCURRENCY": "1",
            "KEEP_PAGES": "on",
            "BEHIND_PROXY": "on",
            "REQUEST_LOG": "on",
            "METRICS_TOKEN": secrets.token_urlsafe(24),
        }
        self.web = [self.web_process(port) for port in self.web_ports]
        engine = shutil.which("valkey-server") or shutil.which("redis-server")
        self.cache = Part(
            [engine, "--port", str(cache_port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
            self.environment,
            folder / "cache.log",
            lambda: listens(cache_port),
        )
        self.proxy = self.proxy_on(proxy_port)

    def web_process(self, port, gunicorn=("-m", "gunicorn"), **more):
        """A Part that serves the site on `port`. `more` are variables of its own, `gunicorn` how Python starts it."""
        return Part(
            [sys.executable, *gunicorn, "-c", "deploy/gunicorn.conf.py", "config.wsgi"],
            self.environment | {"BIND": f"127.0.0.1:{port}"} | more,
            self.folder / f"web-{port}.log",
            lambda: answers(f"http://127.0.0.1:{port}/healthz"),
        )

    def proxy_on(self, port, *, min_free=None, **other):
        """A Part, nginx on `port`, with `other` places of its file filled too; `min_free` is for a small disk."""
        places = {"STATIC_ROOT": self.environment["STATIC_ROOT"]} | other
        site = nginx_site(self.folder, port, self.web_ports, **places)
        if min_free:
            site = site.replace("min_free=200m", f"min_free={min_free}")
        path = nginx_configuration(self.folder / f"nginx-{port}", site)
        return Part(
            ["nginx", "-c", str(path), "-p", str(self.folder)],
            self.environment,
            path.with_suffix(".log"),
            lambda: listens(port),
        )

    def manage(self, *arguments, **more):
        """What a command prints. `more` are variables of its own."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def get(address, timeout=20, **headers):
    """(status, headers, body); status 0 when no answer came."""
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()
    except OSError as error:
        return 0, {}, str(error).encode()


def answers(address):
    return get(address, timeout=2)[0] == 200


@pytest.fixture(scope="session")
def stack(tmp_path_factory):
    """The installation with all of content/, every page warm."""
    assert POSTGRES_CONTROL, "make test-stack starts the PostgreSQL for these tests"
    stack = Stack(tmp_path_factory.mktemp("stack"))
    for command in (["migrate", "--no-input"], ["load_figures"], ["load_content"], ["collectstatic", "--no-input"]):
        stack.manage(*command, "-v", "0")
    parts = [stack.cache, *stack.web, stack.proxy]
    try:
        for part in parts:
            part.start()
        stack.manage("warm_pages")
        yield stack
    finally:
        for part in reversed(parts):
            if part.process and part.process.poll() is None:
                part.stop()
