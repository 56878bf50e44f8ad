"""What may stand in the log."""

import logging
import re

# Whoever reads these addresses can change a pack, or close a class.
SECRET = re.compile(r"(/packs/edit/|/class/manage/)[^/\s\"']+")


class WithoutSecrets(logging.Filter):
    """Cuts the secret part of an address out of every message. Lets every record pass."""

    def filter(self, record):
        record.msg, record.args = SECRET.sub(r"\1…", record.getMessage()), ()
        return True
