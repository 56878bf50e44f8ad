"""The token at the end of the address that is shared, which can be typed; and how the one that edits is compared."""

import re
import secrets

from django.utils.crypto import constant_time_compare

from careers.secret_addresses import digest

# Read aloud, written on a board and typed from paper: small letters and digits, without 0, 1, i, l, o and u, which
# are taken for one another or make words. 30 signs in 28 places are 30**28, more than 2**137 tokens.
ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
GROUPS, GROUP = 7, 4
SHARED = re.compile(rf"[{ALPHABET}]{{{GROUP}}}(?:-[{ALPHABET}]{{{GROUP}}}){{{GROUPS - 1}}}")


def new_share_token():
    """A token such as k7m2-4xq9-…, in groups that can be read and typed."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def typed_share_token(text):
    """The token that someone typed in capitals, or with the hyphens somewhere else; empty when it can be none."""
    signs = re.sub(r"[\s\-‐-―]", "", text[: 4 * GROUPS * GROUP]).lower()
    token = "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))
    return token if SHARED.fullmatch(token) else ""


def is_token_of(edit_token, stored):
    """Whether `stored` is the digest of this token, in a time that tells nothing."""
    return constant_time_compare(digest(edit_token), stored)
