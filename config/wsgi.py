"""The entrance for a WSGI server such as gunicorn."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
if settings.KEEP_PAGES:
    from delivery.pages import Pages  # only now: it needs the models

    application = Pages(application, most_bytes=settings.PAGES_MEMORY * 1024 * 1024)
