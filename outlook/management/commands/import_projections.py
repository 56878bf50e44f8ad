from pathlib import Path

from outlook.importing import projections
from outlook.importing.command import ImportCommand


class Command(ImportCommand):
    """Loads one set of employment projections from the file that BLS publishes."""

    help = (
        "Load employment projections from BLS's occupation.xlsx, its Table 1.2 as CSV, or the CSV export of "
        "https://data.bls.gov/projections/occupationProj. All or nothing; older sets are kept."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        super().add_arguments(parser)

    def load(self, options, **said):
        return [projections.import_file(options["file"], **said)]
