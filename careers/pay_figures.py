"""Loads the current official figures of one occupation, once for all that a page shows of them."""

from outlook.figures import INTERESTS, NOT_PUBLISHED, gap, signed_percent
from outlook.models import Estimate, Projection, Rating, RoleOccupation, Task, Technology
from outlook.models.codes import ALL_INDUSTRIES, NATION, SOFTWARE_DEVELOPERS, Area

from . import pay
from .comparison import Row

HOSPITALS, PUBLISHERS, DESIGN, INSTRUMENTS, RESEARCH = "622000", "513200", "541500", "334500", "541710"


class PayFigures:
    """The current figures of one occupation, loaded in three queries, and laid out when a page asks."""

    def __init__(self, occupation):
        """`occupation`: an Occupation, or None."""
        code = occupation.soc if occupation else ""
        estimates = Estimate.objects.current()
        self._everywhere = {estimate.area_id: estimate for estimate in estimates.across_areas(code)}
        self._industries = list(estimates.across_industries(code))
        self.projection = Projection.objects.current().of(code).first()
        self.national = self._everywhere.get(NATION)
        self.release = self.national.release if self.national else None

    def areas_called(self, words):
        """The estimates of all areas that a reader may mean: by code, by name, or by how a name begins.

        A code or a whole name means one area, even when other names begin with it: Washington is the state.
        """
        wanted = words.casefold()
        names = {estimate: estimate.area.name.casefold() for estimate in self._everywhere.values()}
        exactly = [estimate for estimate, name in names.items() if wanted in (name, estimate.area_id)]
        return exactly or [estimate for estimate, name in names.items() if name.startswith(wanted)]

    def areas(self):
        """The areas with figures of this occupation: (kind, name, code), by name."""
        return [(estimate.area.kind, estimate.area.name, code) for code, estimate in self._everywhere.items()]

    def row(self, estimate):
        return pay.row(estimate, estimate.area.name, self.national) if estimate else None

    @property
    def by_industry(self):
        """[(group, rows)]: see `pay.by_industry`."""
        return pay.by_industry(self._industries, self.national)

    @property
    def nationally(self):
        """All industries together, then each, in one list."""
        return [self.row(self.national), *[row for _, rows in self.by_industry for row in rows]]

    @property
    def tiles(self):
        return pay.tile_map(self._of_kind(Area.Kind.STATE), self.national)

    @property
    def states(self):
        """Ranked by median; those with too few jobs to be ranked, or without a published median, come last."""
        rows = [self.row(estimate) for estimate in self._of_kind(Area.Kind.STATE)]
        return sorted(rows, key=lambda row: row.rank)

    @property
    def metros(self):
        return pay.ranked(self._of_kind(Area.Kind.METRO), self.national)

    @property
    def all_rows(self):
        """Every row there is, for the spreadsheet: nation, industries, areas by name."""
        places = [self.row(estimate) for estimate in self._everywhere.values() if estimate != self.national]
        return [*self.nationally, *places]

    def _of_kind(self, kind):
        return [estimate for estimate in self._everywhere.values() if estimate.area.kind == kind]


class NationalPay:
    """One occupation in the whole nation, in all industries and in some of them, in one query."""

    def __init__(self, occupation, industries):
        """Both are codes. The rows stand in the order of `industries`."""
        found = Estimate.objects.current().in_industries(occupation, [ALL_INDUSTRIES, *industries])
        self.found = {estimate.industry_id: estimate for estimate in found}
        self.national = self.found.get(ALL_INDUSTRIES)
        self.release = self.national.release if self.national else None
        self._industries = [code for code in industries if code in self.found]

    @property
    def row(self):
        return pay.row(self.national, "All industries") if self.national else None

    @property
    def rows(self):
        """All industries, then those asked for that this release knows, as PayRows."""
        some = [self.found[code] for code in self._industries]
        return [self.row, *[pay.row(estimate, estimate.industry.label, self.national) for estimate in some]]


class PayGlance(NationalPay):
    """The few figures that a role page shows, in two queries: where such work is, and where the money is."""

    def __init__(self, link):
        """`link`: the role's nearest occupation, or None."""
        self.link = link
        code = link.occupation.soc if link else ""
        super().__init__(code, [HOSPITALS, INSTRUMENTS, DESIGN, PUBLISHERS])
        self.projection = Projection.objects.current().of(code).first()


class PayEvidence(NationalPay):
    """What the figures say about healthcare and general tech, for software developers.

    Each sentence is made from the figures, so that it is true of the release that is loaded.
    """

    SHOWN = [RESEARCH, INSTRUMENTS, HOSPITALS, PUBLISHERS, DESIGN]

    def __init__(self):
        super().__init__(SOFTWARE_DEVELOPERS, self.SHOWN)
        self.is_complete = len(self.found) == len(self.SHOWN) + 1

    @property
    def sentences(self):
        """(what is compared, how far apart) pairs, in words."""
        hospitals, publishers, design = (self.found[code] for code in (HOSPITALS, PUBLISHERS, DESIGN))
        instruments, research = self.found[INSTRUMENTS], self.found[RESEARCH]
        return [
            ("The median in hospitals, against software publishers", gap(hospitals.p50, publishers.p50)),
            ("The median in hospitals, against computer systems design firms", gap(hospitals.p50, design.p50)),
            ("The lowest-paid tenth in hospitals, against software publishers", gap(hospitals.p10, publishers.p10)),
            ("The median at instrument makers, against all industries", gap(instruments.p50, self.national.p50)),
            (
                "The median in research, life sciences among it, against all industries",
                gap(research.p50, self.national.p50),
            ),
        ]


def national_rows(occupations):
    """{code: national PayRow} of occupations given as codes, in one query; without those that have no figures."""
    found = Estimate.objects.current().national(occupations)
    return {estimate.occupation_id: pay.row(estimate, estimate.occupation.title) for estimate in found}


def comparison_rows(roles):
    """Rows on pay and outlook of each role's nearest occupation, for a comparison; three queries.

    All our roles may share an occupation: then the rows say the same, which is what the official figures know.
    """
    links = {link.role_id: link for link in RoleOccupation.objects.primary().filter(role__in=roles)}
    codes = {link.occupation.soc for link in links.values()}
    wages = national_rows(codes)
    projections = {each.occupation_id: each for each in Projection.objects.current().filter(occupation__in=codes)}
    if not wages:
        return []
    return [
        Row("Pay in the nearest official occupation", [_of(links, role, wages, _middle_half) for role in roles]),
        Row("Jobs expected in that occupation", [_of(links, role, projections, _expected) for role in roles]),
    ]


def _of(links, role, figures, words):
    """What `words` says of the figures of the role's nearest occupation; a dash when there is none."""
    link = links.get(role.pk)
    known = figures.get(link.occupation.soc) if link else None
    return f"{link.occupation.title}: {words(known)}" if known else "–"


def _middle_half(row):
    return row.pay.middle_half or NOT_PUBLISHED


def _expected(projection):
    return f"{signed_percent(projection.percent)} from {' to '.join(projection.years)}"


class OnetGlance:
    """What O*NET lists for one occupation: tools, interests, work styles, preparation and tasks; three queries."""

    MOST_STYLES, MOST_INTERESTS, MOST_TASKS = 5, 3, 8

    def __init__(self, occupation):
        """`occupation`: an Occupation, or None."""
        code = occupation.code if occupation else ""
        ratings = list(Rating.objects.current().of(code).highest_first())
        self.technologies = list(Technology.objects.current().of(code).in_demand())
        self.tasks = list(Task.objects.current().of(code)[: self.MOST_TASKS])
        self.styles = self._on(ratings, Rating.WORK_STYLES)[: self.MOST_STYLES]
        self.interests = [
            (each, INTERESTS.get(each.element, ""))
            for each in self._on(ratings, Rating.INTERESTS)[: self.MOST_INTERESTS]
        ]
        self.zone = next(iter(self._on(ratings, Rating.JOB_ZONE)), None)

    @staticmethod
    def _on(ratings, scale):
        return [rating for rating in ratings if rating.scale == scale]

    @property
    def credits(self):
        """(names of tables, credit line) pairs: each release of O*NET asks for its line."""
        zone, interests = [self.zone] if self.zone else [], [rating for rating, _ in self.interests]
        tables = {}
        for row in [*self.technologies, *interests, *self.styles, *zone, *self.tasks]:
            tables.setdefault(row.release.attribution, {})[row.release.part] = None
        return [(", ".join(parts), line) for line, parts in tables.items()]
