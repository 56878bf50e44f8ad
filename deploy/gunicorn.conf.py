"""The application server: gunicorn -c deploy/gunicorn.conf.py config.wsgi"""

import multiprocessing
import os

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
