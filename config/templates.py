"""How our own templates are read."""

import re

from django.template.loaders.filesystem import Loader

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class UnindentedLoader(Loader):
    """Reads templates without the spaces that indent them: they help who writes, and readers wait for them.

    Lines keep their numbers, so that an error names the right one. No template of ours shows preformatted text.
    """

    def get_contents(self, origin):
        return INDENTATION.sub("", super().get_contents(origin))
