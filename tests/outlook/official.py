"""Small files in the official layouts, made by the tests themselves."""

import gzip

from outlook.importing.oews import DATATYPES, HEADERS

NATION, TEXAS, ABILENE, RURAL = "0000000", "4800000", "0010180", "4800001"
ALL, HOSPITALS = "000000", "622000"
PERIOD = ("2025", "A01")

AREAS = [
    ("00", NATION, "N", "National"),
    ("48", ABILENE, "M", "Abilene, TX"),
    ("48", TEXAS, "S", "Texas"),
    ("48", RURAL, "M", "West Texas Region of Texas nonmetropolitan area"),
]
FOOTNOTES = [
    ("5", "This wage is equal to or greater than $115.00 per hour or $239,200 per year."),
    ("8", "Estimate not released."),
]
VALUES = {
    "employment": "1000",
    "employment_rse": "1.5",
    "mean": "100000",
    "wage_rse": "0.5",
    "p10": "60000",
    "p25": "80000",
    "p50": "100000",
    "p75": "120000",
    "p90": "150000",
    "location_quotient": "1.02",
    "jobs_per_1000": "11.250",
}
CELLS = [
    (NATION, ALL, "000000"),
    (NATION, ALL, "151252"),
    (NATION, HOSPITALS, "151252"),
    (TEXAS, ALL, "000000"),
    (TEXAS, ALL, "151252"),
    (ABILENE, ALL, "000000"),
    (ABILENE, ALL, "151252"),
    (RURAL, ALL, "000000"),
    (RURAL, ALL, "291141"),
    (NATION, ALL, "291141"),
    (TEXAS, ALL, "291141"),
]


def line(area, industry, occupation, name, value, footnote="", period=PERIOD):
    kind = {code: kind for _, code, kind, _ in AREAS}.get(area, "M")
    series = f"OEU{kind}{area}{industry}{occupation}{DATATYPES[name][0]}"
    return f"{series:<30}\t{period[0]}\t{period[1]}\t{value:>12}\t{footnote}"


def data_lines(cells=CELLS, changes=None, period=PERIOD):
    """The lines of a data file without its header, in the official order.

    `changes`: {(cell, name): (value, footnote)}.
    """
    lines = []
    for cell in cells:
        for name, value in VALUES.items():
            if cell[0] == NATION and name in ("location_quotient", "jobs_per_1000"):
                continue
            shown = (changes or {}).get((cell, name), (value, ""))
            lines.append(line(*cell, name, *shown, period=period))
    return sorted(lines)


HEADER = "series_id                     \tyear\tperiod\t       value\tfootnote_codes"


def write(path, lines, packed=False):
    text = "".join(f"{each}\r\n" for each in lines).encode()
    if packed:
        path = path.with_name(f"{path.name}.gz")
        text = gzip.compress(text)
    path.write_bytes(text)
    return path


def write_table(folder, name, rows):
    write(folder / name, ["\t".join(HEADERS[name]), *["\t".join(row) for row in rows]])


def oews_folder(folder, lines=None, *, packed=False, period=PERIOD, footnotes=FOOTNOTES):
    """A folder with a whole small release: two kept occupations and one that is not kept."""
    folder.mkdir(exist_ok=True)
    write_table(folder, "oe.release", [(f"{period[0]}{period[1]}", f"May {period[0]}")])
    write_table(folder, "oe.area", AREAS)
    write_table(folder, "oe.footnote", footnotes)
    write_table(folder, "oe.datatype", [("03", "Hourly mean wage"), *DATATYPES.values()])
    write_table(
        folder, "oe.industry", [(ALL, "Cross-Industry", "0", "T", "0"), (HOSPITALS, "Hospitals", "3", "T", "1")]
    )
    write_table(
        folder,
        "oe.occupation",
        [
            ("000000", "All Occupations", "", "0", "T", "0"),
            ("151252", "Software Developers", "", "3", "T", "1"),
            ("291141", "Registered Nurses", "", "3", "T", "2"),
        ],
    )
    write(folder / "oe.data.0.Current", [HEADER, *(data_lines(period=period) if lines is None else lines)], packed)
    return folder
