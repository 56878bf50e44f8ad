"""Reports of errors for Sentry, or a server that speaks its language: where in the code, and nothing of the reader.

The SDK's own integration with Django reads requests, cookies, names and queries, and then hides parts of them. It is
not used: errors come from the log, and of each only what stands in SENT is sent. What an error says may quote what
somebody typed; it stands in the site's own log, under the id of the same request.
"""

from django.core.exceptions import ImproperlyConfigured

from .logs import request_id, without_secrets

SENT = (
    "environment",
    "event_id",
    "level",
    "logger",
    "platform",
    "release",
    "sdk",
    "server_name",
    "timestamp",
)


def start(dsn):
    """Report errors to this address from now on. Raises ImproperlyConfigured when that cannot be."""
    try:
        import sentry_sdk
        from sentry_sdk.integrations.atexit import AtexitIntegration
        from sentry_sdk.integrations.dedupe import DedupeIntegration
        from sentry_sdk.integrations.excepthook import ExcepthookIntegration
        from sentry_sdk.integrations.logging import LoggingIntegration, ignore_logger
        from sentry_sdk.utils import BadDsn
    except ImportError as error:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set, but sentry-sdk is not installed: pip install -r requirements.txt, or leave it out."
        ) from error
    ignore_logger("django.security.DisallowedHost")  # made by whoever looks for holes, not by our code
    try:
        sentry_sdk.init(
            dsn,
            default_integrations=False,
            auto_enabling_integrations=False,
            integrations=[
                LoggingIntegration(level=None, sentry_logs_level=None),
                ExcepthookIntegration(),
                DedupeIntegration(),
                AtexitIntegration(callback=lambda pending, timeout: None),
            ],
            send_default_pii=False,
            include_local_variables=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            auto_session_tracking=False,
            send_client_reports=False,
            before_send=without_readers,
        )
    except BadDsn as error:
        raise ImproperlyConfigured(f"SENTRY_DSN cannot be read: {error}.") from error


def without_readers(event, hint):
    """The event as it is sent: what went wrong where, and the id of the request."""
    sent = {name: event[name] for name in SENT if name in event}
    if "logentry" in event:
        # The words of our code, without what was filled into their gaps.
        sent["logentry"] = {"message": without_secrets(event["logentry"]["message"])}
    if "exception" in event:
        sent["exception"] = {"values": [_without_words(each) for each in event["exception"]["values"]]}
    if request_id.get():
        sent["tags"] = {"request": request_id.get()}
    return sent


def _without_words(exception):
    return {name: exception[name] for name in ("type", "module", "mechanism", "stacktrace") if name in exception}
