"""What an answer tells browsers about itself, beside what the middlewares of Django and django-csp say."""

from django.conf import settings

RESOURCE_POLICY = "Cross-Origin-Resource-Policy"


class HeadersMiddleware:
    """Gives the admin a policy for content of its own, and lets no other site load an answer into its pages.

    A view whose answer is made for other sites has set the header itself: `careers.shown_elsewhere.for_every_site`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.resolver_match is not None and request.resolver_match.app_name == "admin":
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY  # as csp.decorators.csp does
        response.headers.setdefault(RESOURCE_POLICY, "same-origin")
        return response


def of_static_file(headers, path, url):
    """For WhiteNoise: a file runs nothing and frames nothing when it is opened by itself, and any site may show it.

    Other programs show pictures of ours beside links, and nothing here is for one reader.
    """
    headers["Content-Security-Policy"] = settings.STATIC_CONTENT_SECURITY_POLICY
    headers[RESOURCE_POLICY] = "cross-origin"
