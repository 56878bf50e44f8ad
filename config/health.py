"""Two addresses for load balancers and monitors."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request):
    """The process answers. Asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request):
    """The site can serve pages: the database answers and every migration is applied. 503 otherwise."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain; charset=utf-8")
    if waiting:
        return HttpResponse(
            f"migrations that wait: {len(waiting)}\n", status=503, content_type="text/plain; charset=utf-8"
        )
    return HttpResponse("ready\n", content_type="text/plain; charset=utf-8")
