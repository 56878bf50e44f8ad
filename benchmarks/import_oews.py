"""Times `import_oews` on a folder, against reading the same data file with Python's csv alone.

    python benchmarks/make_oews_file.py /somewhere/oews
    python benchmarks/import_oews.py /somewhere/oews [DATABASE_URL]

Without a database it makes a SQLite file and removes it. A PostgreSQL database should be empty.
"""

import csv
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def read_with_csv(path):
    """(lines, seconds, processor seconds) for the csv module, which gives every field and looks at none."""
    start, processor = time.perf_counter(), time.process_time()
    with open(path, encoding="utf-8", newline="") as file:
        lines = sum(1 for _ in csv.reader(file, delimiter="\t"))
    return lines, time.perf_counter() - start, time.process_time() - processor


def manage(environment, *words):
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True)  # noqa: S603


def children():
    return resource.getrusage(resource.RUSAGE_CHILDREN)


def main(folder, database=""):
    lines, reading, reading_processor = read_with_csv(folder / "oe.data.0.Current")
    with tempfile.TemporaryDirectory() as scratch:
        environment = os.environ | {
            "DEBUG": "on",
            "DATABASE_URL": database or f"sqlite:///{scratch}/benchmark.sqlite3",
        }
        manage(environment, "migrate", "--verbosity", "0")
        before, start = children(), time.perf_counter()
        manage(environment, "import_oews", str(folder))
        importing = time.perf_counter() - start
    used = children()
    processor = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    peak = used.ru_maxrss / 1024
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.machine()}")
    print(f"{lines:,} lines")
    print(f"csv alone: {reading:.1f} s ({reading_processor:.1f} s of processor), {lines / reading:,.0f} lines a second")
    print(f"import:    {importing:.1f} s ({processor:.1f} s of processor), {lines / importing:,.0f} lines a second")
    print(f"peak:      {peak:.0f} MB")
    print(f"ratio:     {reading_processor / processor:.2f} of the speed of csv alone, by processor time")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), *sys.argv[2:3])
