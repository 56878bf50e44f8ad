"""Addresses that are keys: whoever has one may do what it is for. What is kept of one, and who learns it."""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode

from django.urls import register_converter
from django.utils.crypto import salted_hmac

BYTES = 32
PATTERN = "[A-Za-z0-9_-]{43}"
# Not the beginning of something longer: that is another token, and not one with a bracket behind it.
BEGINNING = re.compile(f"{PATTERN}(?![A-Za-z0-9_-])")


def new_token():
    """256 bits that nobody guesses, for an address that is clicked or mailed and never typed."""
    return secrets.token_urlsafe(BYTES)


def token_from(words, *, purpose):
    """The same token for the same words, which nobody but this site can work out."""
    made = salted_hmac(f"careers.secret_addresses.{purpose}", words, algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def digest(token):
    """What is stored of a token: its SHA-256. The token holds 256 random bits, so that no salt is needed.

    A row is found by it, and how long that takes tells nothing: nobody can choose a token by how its hash begins.
    """
    return hashlib.sha256(token.encode()).hexdigest()


def token_before(rest):
    """The token with which an address goes on, whatever a mail program added behind it; empty when there is none."""
    found = BEGINNING.match(rest)
    return found.group() if found else ""


def kept_secret(response):
    """The same answer, which no search engine lists, and from which no page or file learns where a reader came.

    `strict-origin` names this site and no page, to our own server too: `same-origin` would write the address into our
    own logs with every file, and `no-referrer` would hide from `careers.addresses.sent_from_elsewhere` that our forms
    come from here.
    """
    response["Referrer-Policy"] = "strict-origin"
    return unlisted(response)


def unlisted(response):
    """The same answer, which no search engine lists."""
    response["X-Robots-Tag"] = "noindex"
    return response


class Token:
    """What `new_token` made, in an address."""

    regex = PATTERN

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class Anything(Token):
    """All that is left of an address, line breaks too: for what a mail program made of one of ours."""

    regex = "(?s:.*)"


register_converter(Token, "token")
register_converter(Anything, "anything")
