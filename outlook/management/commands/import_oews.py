from pathlib import Path

from outlook.importing import oews
from outlook.importing.command import ImportCommand


class Command(ImportCommand):
    """Loads one OEWS release from the files that BLS publishes."""

    help = (
        "Load an OEWS release from a folder with oe.data.0.Current and its code lists, exactly as published at "
        "https://download.bls.gov/pub/time.series/oe/, plain or .gz. All or nothing; older releases are kept."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        super().add_arguments(parser)

    def load(self, options, **said):
        return [oews.import_folder(options["folder"], **said)]
