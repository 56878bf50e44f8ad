"""What can be the key of a row."""


def could_be_key(text):
    """Whether a text is a number that a row could have as its key."""
    return text.isdecimal() and len(text) < 16
