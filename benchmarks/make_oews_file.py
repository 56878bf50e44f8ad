"""Makes a folder of OEWS files as large as a real release, with invented figures in the official layout.

    python benchmarks/make_oews_file.py FOLDER [--times 10]

A real release has some 6 million lines (May 2025: 6,023,970 lines, 331,509,758 bytes). `--times` makes as many
more lines, all of occupations that the site does not keep.
"""

import argparse
import random
from pathlib import Path

KEPT = "000000 113021 151211 151212 151221 151242 151243 151251 151252 151253 151254 151255 151299 152051 172031 299021"
AREAS, INDUSTRIES = 529, 444
OCCUPATIONS_PER_AREA, OCCUPATIONS_PER_INDUSTRY = 400, 305
STATES = [number for number in range(1, 57) if number not in (3, 7, 14, 43, 52)] + [66, 72, 78]

TYPES = [
    ("01", "Employment"),
    ("02", "Employment percent relative standard error"),
    ("03", "Hourly mean wage"),
    ("04", "Annual mean wage"),
    ("05", "Wage percent relative standard error"),
    ("06", "Hourly 10th percentile wage"),
    ("07", "Hourly 25th percentile wage"),
    ("08", "Hourly median wage"),
    ("09", "Hourly 75th percentile wage"),
    ("10", "Hourly 90th percentile wage"),
    ("11", "Annual 10th percentile wage"),
    ("12", "Annual 25th percentile wage"),
    ("13", "Annual median wage"),
    ("14", "Annual 75th percentile wage"),
    ("15", "Annual 90th percentile wage"),
    ("16", "Employment per 1,000 jobs"),
    ("17", "Location Quotient"),
]
FOOTNOTES = [
    ("5", "This wage is equal to or greater than $115.00 per hour or $239,200 per year."),
    ("8", "Estimate not released."),
]


def write_table(path, header, rows):
    text = "".join("\t".join(row) + "\r\n" for row in [header, *rows])
    path.write_text(text, encoding="utf-8", newline="")


def cell_values(chance):
    """The seventeen values of a cell, as texts, in the order of TYPES."""
    median = chance.randrange(30_000, 180_000, 10)
    yearly = [round(median * share, -1) for share in (0.6, 0.8, 1, 1.25, 1.5)]
    hourly = [f"{amount / 2080:.2f}" for amount in yearly]
    return [
        str(chance.randrange(30, 90_000, 10)),
        f"{chance.random() * 20:.1f}",
        hourly[2],
        str(median),
        f"{chance.random() * 6:.1f}",
        *hourly,
        *[f"{amount:.0f}" for amount in yearly],
        f"{chance.random() * 9:.3f}",
        f"{chance.random() * 3:.2f}",
    ]


def write_data(path, areas, industries, occupations, kept, times, chance):
    """Every cell of every area and national industry, sorted by series as BLS does. Returns the number of lines."""
    others = [code for code in occupations if code not in kept]
    count = 0

    def cell(kind, area, industry, occupation, types):
        values = cell_values(chance)
        return [
            f"OEU{kind}{area}{industry}{occupation}{code}     \t2025\tA01\t{value:>12}\t\r\n"
            for (code, _), value in zip(types, values, strict=False)
        ]

    def cells(kind, area, industry, how_many, types):
        chosen = {*kept, *others[: (how_many - len(kept)) * times]}
        lines = []
        for occupation in sorted(chosen):
            lines += cell(kind, area, industry, occupation, types)
        return lines

    with open(path, "w", encoding="ascii", newline="") as file:
        file.write("series_id                     \tyear\tperiod\t       value\tfootnote_codes\r\n")
        for kind, area in sorted((kind, area) for _, area, kind, _ in areas):
            for industry in industries if kind == "N" else ["000000"]:
                how_many = OCCUPATIONS_PER_INDUSTRY if kind == "N" else OCCUPATIONS_PER_AREA
                lines = cells(kind, area, industry, how_many, TYPES[:15] if kind == "N" else TYPES)
                file.writelines(lines)
                count += len(lines)
    return count


def make(folder, times=1):
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(2025)  # noqa: S311  the same file each time
    kept = KEPT.split()
    occupations = sorted({*kept, *[f"{code:06d}" for code in range(110_001, 110_001 + 830 * times)]})
    industries = ["000000", *[f"{code:06d}" for code in range(110_000, 110_000 + INDUSTRIES - 1)]]
    states = [(f"{number:02d}", f"{number:02d}00000", "S", f"State {number}") for number in STATES]
    metros = [
        (f"{STATES[place % len(STATES)]:02d}", f"00{10_000 + place}", "M", f"Place {place}") for place in range(AREAS)
    ]
    areas = [("00", "0000000", "N", "National"), *metros, *states]

    write_table(folder / "oe.release", ["release_date", "description"], [["2025A01", "May 2025"]])
    write_table(folder / "oe.area", ["state_code", "area_code", "areatype_code", "area_name"], areas)
    write_table(folder / "oe.footnote", ["footnote_code", "footnote_text"], FOOTNOTES)
    write_table(folder / "oe.datatype", ["datatype_code", "datatype_name"], TYPES)
    rest = ["display_level", "selectable", "sort_sequence"]
    write_table(
        folder / "oe.industry",
        ["industry_code", "industry_name", *rest],
        [[code, f"Industry {code}", "4", "T", str(place)] for place, code in enumerate(industries)],
    )
    write_table(
        folder / "oe.occupation",
        ["occupation_code", "occupation_name", "occupation_description", *rest],
        [[code, f"Occupation {code}", "", "3", "T", str(place)] for place, code in enumerate(occupations)],
    )
    return write_data(folder / "oe.data.0.Current", areas, industries, occupations, kept, times, chance)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=1)
    options = parser.parse_args()
    lines = make(options.folder, options.times)
    size = (options.folder / "oe.data.0.Current").stat().st_size
    print(f"{lines:,} lines, {size:,} bytes in {options.folder}")
