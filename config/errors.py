"""Who answers when no view does: the API in its own words, the pages in theirs."""

from django.views import defaults

from api.answering import open_to_all
from api.problems import REASONS, Problem, answer
from careers import errors


def _is_for_the_api(request):
    return request.path.startswith("/api/")


def bad_request(request, exception):
    if _is_for_the_api(request):
        return open_to_all(answer(Problem(400, "The request cannot be read.")))
    return errors.bad_request(request, exception)


def server_error(request):
    if _is_for_the_api(request):
        return open_to_all(answer(Problem(500, "Something broke on our side. Please try again later.")))
    return defaults.server_error(request)


def not_found(request, exception):
    if _is_for_the_api(request):
        return open_to_all(answer(Problem(404, REASONS[404])))
    return errors.not_found(request, exception)
