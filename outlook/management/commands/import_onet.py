from pathlib import Path

from outlook.importing import onet
from outlook.importing.command import ImportCommand


class Command(ImportCommand):
    """Loads the O*NET tables that stand in one folder."""

    help = (
        "Load O*NET tables (technology, interests, work styles, job zones, tasks) from a folder of the text edition, "
        "exactly as published at https://www.onetcenter.org/database.html, plain or .gz. All or nothing; older "
        "releases are kept, and tables that are not there stay as they are."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--release", default="", help="such as 30.2, when the folder's name does not say it (db_30_2_text does)"
        )
        super().add_arguments(parser)

    def load(self, options, **said):
        return onet.import_folder(options["folder"], period=options["release"], **said)
