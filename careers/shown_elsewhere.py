"""Answers that are made for other sites: pages in frames, pictures beside links, open data."""


def for_every_site(response):
    """The same answer, which any site may load into a page of its own; all others are for our own pages only."""
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
