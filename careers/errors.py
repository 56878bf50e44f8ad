"""Error pages in the site's look. The page for 500 is a plain file, so that nothing can break it."""

from django.shortcuts import render


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def forbidden(request, exception):
    return render(request, "403.html", status=403)


def not_found(request, exception):
    return render(request, "404.html", status=404)
