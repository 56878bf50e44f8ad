"""The three programs whose figures we show: where they publish, how they want to be credited, and when they are due.

Pure functions and words, no database.
"""

import datetime
import re
from dataclasses import dataclass

SITE = "Careers in Healthcare Software"


@dataclass(frozen=True)
class Program:
    """One official program. `credit` takes the name of the period."""

    key: str
    name: str
    address: str
    licence: str
    credit: str

    def attribution(self, period_name):
        """The credit line that stands wherever figures of this release are shown."""
        return self.credit.format(period=period_name, site=SITE)


BLS_CAUTION = (
    "BLS.gov cannot vouch for the data or analyses derived from these data after the data have been retrieved "
    "from BLS.gov."
)

OEWS = Program(
    "oews",
    "Occupational Employment and Wage Statistics",
    "https://download.bls.gov/pub/time.series/oe/",
    "Public domain (work of the U.S. federal government)",
    "U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics, {period}. " + BLS_CAUTION,
)
PROJECTIONS = Program(
    "projections",
    "Employment Projections",
    "https://www.bls.gov/emp/tables.htm",
    "Public domain (work of the U.S. federal government)",
    "U.S. Bureau of Labor Statistics, Employment Projections {period}. " + BLS_CAUTION,
)
# The words are those of https://www.onetcenter.org/license_db.html for pages that select or change the data.
ONET = Program(
    "onet",
    "O*NET Database",
    "https://www.onetcenter.org/database.html",
    "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)",
    "This page includes information from the {period} Database by the U.S. Department of Labor, Employment and "
    "Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA. "
    "{site} has modified all or some of this information. USDOL/ETA has not approved, endorsed, or tested these "
    "modifications.",
)
PROGRAMS = {program.key: program for program in (OEWS, PROJECTIONS, ONET)}


def period_order(period):
    """Sorts the periods of one program: 30.10 comes after 30.2, and 2025A01 after 2024A01."""
    return [int(digits) for digits in re.findall(r"\d+", period)]


def successor_due(program, period):
    """The day by which the next release has usually come out; None when the period says no year.

    OEWS for May of a year comes the spring after; projections late in the summer after their first year; O*NET
    in about August (x.0), December (x.1), February (x.2) and May (x.3), where 30.0 was August 2025. Each day is
    the last of the usual season, so that nobody is warned too early.
    """
    numbers = period_order(period)
    if not numbers:
        return None
    if program == OEWS.key:
        return datetime.date(numbers[0] + 2, 5, 31)
    if program == PROJECTIONS.key:
        return datetime.date(numbers[0] + 2, 9, 30)
    version, quarter = (*numbers, 0)[:2]
    august = 1995 + version
    months = {0: (august, 12, 31), 1: (august + 1, 2, 28), 2: (august + 1, 5, 31)}
    return datetime.date(*months.get(quarter, (august + 1, 9, 30)))
