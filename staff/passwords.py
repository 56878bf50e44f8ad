"""A check of new passwords, beside Django's own."""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# What somebody who guesses would try first for this site. Longer words come before those that they hold.
SITE_WORDS = re.compile(
    "administrator|telemedicine|healthcare|developers?|clinical|hospitals?|password|software|careers?|advisors?|"
    "authors?|editors?|medical|schools?|students?|stewards?|welcome|health|admin|staff"
)
SHORTEST_COMMON = 4  # letters
FEWEST_LEFT = 5  # different characters


class EasyGuessValidator:
    """Refuses words of this site, and one of the 20,000 commonest passwords, with little around them.

    Django's list alone refuses only who writes exactly what is in it, and little of it is as long as ours must be.
    """

    def __init__(self):
        self.common = CommonPasswordValidator().passwords
        self.longest = max(map(len, self.common))

    def validate(self, password, user=None):
        rest = SITE_WORDS.sub("", password.lower())
        if len(set(rest.replace(self._longest_common_in(rest), ""))) < FEWEST_LEFT:
            raise ValidationError(
                "This password is easy to guess. Take three or four words that have nothing in common."
            )

    def get_help_text(self):
        return "Your password can’t be words of this site, or a commonly used password, with little around them."

    def _longest_common_in(self, text):
        for length in range(min(self.longest, len(text)), SHORTEST_COMMON - 1, -1):
            for start in range(len(text) - length + 1):
                if text[start : start + length] in self.common:
                    return text[start : start + length]
        return " "
