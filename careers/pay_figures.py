"""Loads the current official figures of one occupation, once for all that a page shows of them."""

from outlook.figures import NOT_PUBLISHED, gap, signed_percent
from outlook.models import Estimate, Projection, Rating, RoleOccupation, Technology
from outlook.models.codes import ALL_INDUSTRIES, NATION, Area

from . import pay
from .comparison import Row

# The industries a role page shows beside the nation: where such work is, and where the money is.
SHORT_LIST = ["622000", "334500", "541500", "513200"]


class PayFigures:
    """The current figures of one occupation, loaded in three queries, and laid out when a page asks."""

    def __init__(self, occupation):
        estimates = Estimate.objects.current().of(occupation.soc if occupation else "")
        everywhere = estimates.filter(industry=ALL_INDUSTRIES).loaded().order_by("area__name", "area_id")
        self._everywhere = {estimate.area_id: estimate for estimate in everywhere}
        self._industries = list(Estimate.objects.current().across_industries(occupation.soc if occupation else ""))
        self.projection = Projection.objects.current().of(occupation.soc if occupation else "").first()
        self.national = self._everywhere.get(NATION)
        self.release = self.national.release if self.national else None

    def in_area(self, code):
        return self._everywhere.get(code)

    def areas(self):
        """The areas with figures of this occupation: (kind, name, code), states before cities."""
        return [(estimate.area.kind, estimate.area.name, code) for code, estimate in self._everywhere.items()]

    def row(self, estimate):
        return pay.row(estimate, estimate.area.name, self.national) if estimate else None

    @property
    def by_industry(self):
        return pay.by_industry(self._industries, self.national)

    @property
    def tiles(self):
        return pay.tile_map(self._of_kind(Area.Kind.STATE), self.national)

    @property
    def states(self):
        """Ranked by median; those with too few jobs to be ranked, or without a published median, come last."""
        rows = [pay.row(estimate, estimate.area.name, self.national) for estimate in self._of_kind(Area.Kind.STATE)]
        return sorted(rows, key=lambda row: row.rank)

    @property
    def metros(self):
        return pay.ranked(self._of_kind(Area.Kind.METRO), self.national)

    def all_rows(self):
        """Every row a page shows, for the spreadsheet: nation, industries, states, cities."""
        healthcare, tech = self.by_industry
        places = [self.row(estimate) for estimate in self._everywhere.values() if estimate != self.national]
        return [self.row(self.national), *healthcare, *tech, *places]

    def _of_kind(self, kind):
        return [estimate for estimate in self._everywhere.values() if estimate.area.kind == kind]


class PayGlance:
    """The few figures that a role page shows, in two queries."""

    def __init__(self, link):
        """`link`: the role's nearest occupation, or None."""
        self.link = link
        code = link.occupation.soc if link else ""
        wanted = Estimate.objects.current().of(code).filter(area=NATION, industry__in=[ALL_INDUSTRIES, *SHORT_LIST])
        found = {estimate.industry_id: estimate for estimate in wanted.loaded()}
        self.national = found.get(ALL_INDUSTRIES)
        self.projection = Projection.objects.current().of(code).first()
        self._found = found

    @property
    def row(self):
        return pay.row(self.national, "All industries") if self.national else None

    @property
    def rows(self):
        """The nation and the short list, as PayRows."""
        listed = [self._found[code] for code in SHORT_LIST if code in self._found]
        return [self.row, *[pay.row(estimate, estimate.industry.label, self.national) for estimate in listed]]


def comparison_rows(roles):
    """Rows on pay and outlook of each role's nearest occupation, for a comparison; three queries.

    All our roles may share an occupation: then the rows say the same, which is what the official figures know.
    """
    links = {link.role_id: link for link in RoleOccupation.objects.primary().filter(role__in=roles)}
    codes = {link.occupation.soc for link in links.values()}
    estimates = Estimate.objects.current().filter(occupation__in=codes, area=NATION, industry=ALL_INDUSTRIES).loaded()
    wages = {estimate.occupation_id: pay.row(estimate, "").pay for estimate in estimates}
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


def _middle_half(wages):
    return wages.middle_half or NOT_PUBLISHED


def _expected(projection):
    return f"{signed_percent(projection.percent)} from {' to '.join(projection.years)}"


class PayEvidence:
    """What the figures say about healthcare and general tech, for one occupation in one query.

    Each sentence is made from the figures, so that it is true of the release that is loaded.
    """

    HOSPITALS, PUBLISHERS, DESIGN, INSTRUMENTS, RESEARCH = "622000", "513200", "541500", "334500", "541710"
    OCCUPATION = "15-1252"

    def __init__(self):
        shown = [self.RESEARCH, self.INSTRUMENTS, self.HOSPITALS, self.PUBLISHERS, self.DESIGN]
        wanted = (
            Estimate.objects.current().of(self.OCCUPATION).filter(area=NATION, industry__in=[ALL_INDUSTRIES, *shown])
        )
        self._found = {estimate.industry_id: estimate for estimate in wanted.loaded()}
        self.is_complete = len(self._found) == len(shown) + 1
        self.release = self._found[ALL_INDUSTRIES].release if self.is_complete else None
        self._shown = shown

    @property
    def rows(self):
        national = self._found[ALL_INDUSTRIES]
        return [pay.row(national, "All industries"), *[self._row(code, national) for code in self._shown]]

    def _row(self, code, national):
        return pay.row(self._found[code], self._found[code].industry.label, national)

    @property
    def sentences(self):
        """(what is compared, how far apart) pairs, in words."""
        hospitals, publishers, design = (self._found[code] for code in (self.HOSPITALS, self.PUBLISHERS, self.DESIGN))
        national = self._found[ALL_INDUSTRIES]
        return [
            ("The median in hospitals, against software publishers", gap(hospitals.p50, publishers.p50)),
            (
                "The median in hospitals, against computer systems design firms",
                gap(hospitals.p50, design.p50),
            ),
            ("The lowest-paid tenth in hospitals, against software publishers", gap(hospitals.p10, publishers.p10)),
            (
                "The median at instrument makers, against all industries",
                gap(self._found[self.INSTRUMENTS].p50, national.p50),
            ),
            (
                "The median in research, life sciences among it, against all industries",
                gap(self._found[self.RESEARCH].p50, national.p50),
            ),
        ]


class OnetGlance:
    """What O*NET lists for one occupation: tools that its job ads often name, and its strongest work styles."""

    WORK_STYLES = "WI"
    MOST_STYLES = 5

    def __init__(self, occupation):
        """`occupation`: an Occupation, or None."""
        code = occupation.code if occupation else ""
        self.technologies = list(Technology.objects.current().of(code).in_demand())
        self.styles = list(Rating.objects.current().of(code).scored(self.WORK_STYLES)[: self.MOST_STYLES])

    @property
    def releases(self):
        """The releases that the rows come from, each once: each asks for its credit line."""
        return list({row.release_id: row.release for row in [*self.technologies, *self.styles]}.values())
