"""The short code on the board."""

import secrets

LENGTH = 6
# Signs that can't be taken for one another in chalk, and no vowel that would spell a word. 148 million codes.
SIGNS = "23456789CDFHJKMNPQRTWXY"
# What a student types who reads one of them as another.
MEANT = str.maketrans("ZSGB", "2568", " \t\n\r\f\v-–—_.:·")
LONGEST_TYPED = 40


def new_code():
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def read_code(typed):
    """The code that someone typed, with spaces, dashes and small letters forgiven; empty when it can be none."""
    code = typed[:LONGEST_TYPED].upper().translate(MEANT)
    return code if len(code) == LENGTH and set(code) <= set(SIGNS) else ""


def in_groups(code):
    """For eyes and mouths: KX4 7PN."""
    return f"{code[:3]} {code[3:]}"
