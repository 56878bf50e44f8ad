"""The application server: gunicorn -c deploy/gunicorn.conf.py config.wsgi"""

import itertools
import multiprocessing
import os
import shutil
import tempfile

bind = os.environ.get("BIND", "127.0.0.1:8001")
# Two processes a core keep a core busy while one of them waits for the database.
workers = int(os.environ.get("WEB_CONCURRENCY", 2 * multiprocessing.cpu_count()))
worker_class = "gthread"
threads = 4
# Seconds. A proxy keeps its connections a little shorter than this.
keepalive = 75
timeout = 30
graceful_timeout = 30
limit_request_line = 8190
# A process begins anew after so many answers, not all of them at once.
max_requests = 50_000
max_requests_jitter = 5_000
# It would be a file in the home folder, which a service user may not write.
control_socket_disable = True
loglevel = "warning"


# The counts of all processes lie in one folder, so that whichever is asked for /metrics can add them up: in memory,
# where the system has a folder for that, since a disk may be full. Made once the address is ours: a server that cannot
# have it ends without a word, and would leave a folder at each try.
def when_ready(server):
    memory = "/dev/shm"  # noqa: S108 - mkdtemp takes a name that nobody guesses
    where = memory if os.access(memory, os.W_OK) else None
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="careers-metrics-", dir=where)


# A process that begins anew takes the number, and goes on with the counts, of one that ended: files don't pile up.
def pre_fork(server, worker):
    taken = {each.number for each in server.WORKERS.values()}
    worker.number = next(number for number in itertools.count() if number not in taken)


def post_fork(server, worker):
    os.environ["WORKER_NUMBER"] = str(worker.number)


def child_exit(server, worker):
    if os.listdir(os.environ["PROMETHEUS_MULTIPROC_DIR"]):
        from prometheus_client import multiprocess  # only where something is counted

        multiprocess.mark_process_dead(worker.number)


def on_exit(server):
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"])
