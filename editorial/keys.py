"""What can be the key of a row."""

LONGEST = 18  # digits: every database takes such a number


def could_be_key(text):
    """Whether a text is a number that a row could have as its key."""
    return text.isdecimal() and len(text) <= LONGEST
