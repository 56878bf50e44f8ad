"""The entrance for a WSGI server such as gunicorn."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def site():
    """Django, the kept pages in front of it, and around both what watches them."""
    application = get_wsgi_application()

    # Only now: these need the models.
    from delivery.pages import Pages
    from delivery.watch import Watch

    from .logs import write_request
    from .observing import Observed

    watch, listeners = Watch(), []
    if settings.REQUEST_LOG:
        listeners.append(write_request)
    if settings.METRICS_TOKEN:
        from . import metrics

        listeners.append(metrics.count)
        watch.on_answer = metrics.seen.set_to_current_time
        watch.start()  # not with its first page: until then the database would count as never seen
    if settings.KEEP_PAGES:
        application = Pages(application, watch=watch, most_bytes=settings.PAGES_MEMORY * 1024 * 1024)
    application = Observed(application, *listeners)
    if settings.METRICS_TOKEN:
        application = metrics.Metrics(application, settings.METRICS_TOKEN)
    return application


application = site()
