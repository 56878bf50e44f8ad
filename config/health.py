"""Two addresses for load balancers and monitors."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from delivery.models import ContentStamp
from delivery.replica import REPLICA
from delivery.watch import read_stamp


@never_cache
@require_safe
def healthz(request):
    """The process answers. Asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request):
    """The site can do all it is for: the database answers and every migration is applied. 503 otherwise.

    A replica that is gone or behind keeps nobody from anything: it is named beside the 200.
    """
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain; charset=utf-8")
    if waiting:
        return HttpResponse(
            f"migrations that wait: {len(waiting)}\n", status=503, content_type="text/plain; charset=utf-8"
        )
    return HttpResponse(f"ready\n{_trouble_with_replica()}", content_type="text/plain; charset=utf-8")


def _trouble_with_replica():
    """A line that says what is wrong with the replica; empty when there is none or all is well."""
    if REPLICA not in settings.DATABASES:
        return ""
    try:
        is_level = read_stamp(REPLICA) == read_stamp()
    except (DatabaseError, ContentStamp.DoesNotExist):
        return "the replica does not answer\n"
    return "" if is_level else "the replica is behind\n"
