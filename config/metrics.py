"""Counts for a monitor: how many requests, how they went, how long they took. No path, no parameter and no reader.

Imported only when METRICS_TOKEN is set. With several processes, prometheus_client keeps the counts of each in files of
PROMETHEUS_MULTIPROC_DIR; whichever process is asked adds them up. deploy/gunicorn.conf.py sets that up.
"""

import os
import secrets

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, exposition, multiprocess, values

ADDRESS = "/metrics"
ADMIN = "/admin/"
SHARED = "PROMETHEUS_MULTIPROC_DIR"

if SHARED in os.environ:
    values.ValueClass = values.MultiProcessValue(lambda: os.environ["WORKER_NUMBER"])

requests = Counter("careers_requests", "Requests answered.", ["method", "route", "status"])
seconds = Histogram(
    "careers_request_seconds",
    "Time until an answer was ready to be sent.",
    ["route"],
    buckets=(0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
pages = Counter("careers_pages", "Pages that can be kept, by how they were answered: kept, stale or drawn.", ["page"])
seen = Gauge(
    "careers_database_seen_timestamp_seconds",
    "When the database last said which state of the content is the newest; of all processes the one it is longest ago.",
    multiprocess_mode="livemin",
)


def count(answered):
    """Count one request, an observing.Answered."""
    # The admin has hundreds of addresses, and a handful of people use it.
    route = ADMIN if answered.route.startswith(ADMIN) else answered.route
    requests.labels(answered.method, route, f"{answered.status // 100}xx").inc()
    seconds.labels(route).observe(answered.seconds)
    if answered.page:
        pages.labels(answered.page).inc()


class Metrics:
    """The WSGI application that answers /metrics to whoever knows the token, and hands all else on."""

    def __init__(self, application, token):
        self.application, self.expected = application, f"Bearer {token}".encode()

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] != ADDRESS:
            return self.application(environ, start_response)
        given = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
        if not secrets.compare_digest(given, self.expected):
            start_response("401 Unauthorized", [("WWW-Authenticate", "Bearer"), ("Content-Length", "0")])
            return []
        body = exposition.generate_latest(_all_processes())
        start_response("200 OK", [("Content-Type", exposition.CONTENT_TYPE_LATEST), ("Cache-Control", "no-store")])
        return [body]


def _all_processes():
    if SHARED not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return registry
