"""How MDN's HTTP Observatory scores the headers of one answer.

Our own words for its published rules: https://github.com/mdn/mdn-http-observatory, version 1.6.3 (algorithm 6), the
scores in src/grader/charts.js and the tests in src/analyzer/tests/, as read on 2026-11-27. Where a rule tells bad from
worse, the worse score is taken. Left out is what an answer cannot show: the list of preloaded hosts, and certificates.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

A_PLUS = 100
# Points beyond 100 count only for a site that is good without them.
ENOUGH_FOR_EXTRA_POINTS = 90
SIX_MONTHS = 15_552_000  # seconds, as the rules round them

BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
OPEN_REFERRERS = {"origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"}


@dataclass
class Seen:
    """What the scanner looks at: headers by their name in lower case, cookies as they are set, the body, and where the
    same address leads over plain HTTP. The answer itself came over HTTPS, with `Origin` of another site."""

    host: str
    headers: dict
    cookies: SimpleCookie
    body: str
    plain_leads_to: str

    def header(self, name):
        return self.headers.get(name, "").strip().lower()


def score(seen):
    """(points, {rule: points given or taken})."""
    given = {rule.__name__: rule(seen) for rule in RULES}
    without_extra = A_PLUS + sum(points for points in given.values() if points < 0)
    if without_extra < ENOUGH_FOR_EXTRA_POINTS:
        return max(without_extra, 0), given
    return A_PLUS + sum(given.values()), given


def content_security_policy(seen):
    directives = {}
    for name, *sources in filter(None, map(str.split, seen.header("content-security-policy").split(";"))):
        if name in directives:
            return -25
        directives[name] = set(sources) or {"'none'"}
    if not directives:
        return -25
    default = directives.get("default-src", {"*"})
    script, style, objects = (directives.get(f"{name}-src", default) for name in ("script", "style", "object"))
    if script & (BROAD | INLINE) or objects & BROAD or "'strict-dynamic'" in script:
        return -20
    if any(source.startswith(("http:", "ftp:")) for sources in directives.values() for source in sources):
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if style & (BROAD | INLINE):
        return 0
    return 10 if default == {"'none'"} else 5


def cookies(seen):
    points = []
    for name, cookie in seen.cookies.items():
        is_session = "sess" in name.lower() or "login" in name.lower()
        if is_session and not cookie["secure"]:
            points.append(-40)
        if is_session and not cookie["httponly"]:
            points.append(-30)
        same_site = cookie["samesite"].lower()
        if not cookie["secure"] or same_site not in ("", "lax", "strict") or (not same_site and "csrf" in name.lower()):
            points.append(-20)
        points.append(5 if same_site else 0)
    return min(points, default=0)


def cross_origin_embedder_policy(seen):
    return _one_of(seen.header("cross-origin-embedder-policy"), {"require-corp", "credentialless"}, {"unsafe-none"})


def cross_origin_opener_policy(seen):
    strict = {"same-origin", "same-origin-allow-popups", "noopener-allow-popups"}
    return _one_of(seen.header("cross-origin-opener-policy"), strict, {"unsafe-none"})


def cross_origin_resource_policy(seen):
    return _one_of(seen.header("cross-origin-resource-policy"), {"same-origin", "same-site"}, {"cross-origin"})


def _one_of(value, strict, loose):
    if value in strict:
        return 10
    return 0 if value in loose | {""} else -5


def cross_origin_resource_sharing(seen):
    reflected = seen.header("access-control-allow-origin") not in ("", "*")
    return -50 if reflected and seen.header("access-control-allow-credentials") == "true" else 0


def redirection(seen):
    target = urlsplit(seen.plain_leads_to)
    if target.scheme != "https":
        return -20
    return 0 if target.hostname == seen.host else -5


def referrer_policy(seen):
    known = [each.strip() for each in seen.header("referrer-policy").split(",")]
    known = [each for each in known if each in PRIVATE_REFERRERS | OPEN_REFERRERS]
    if known:
        return 5 if known[-1] in PRIVATE_REFERRERS else -5
    return -5 if seen.header("referrer-policy") else 0


def strict_transport_security(seen):
    found = re.search(r"(?:^|;)\s*max-age=(\d+)", seen.header("strict-transport-security"))
    if not found or "," in seen.header("strict-transport-security"):
        return -20
    return 0 if int(found[1]) >= SIX_MONTHS else -10


def subresource_integrity(seen):
    if not seen.header("content-type").startswith(("text/html", "application/xhtml+xml")):
        return 0
    scripts = Scripts()
    scripts.feed(seen.body)
    foreign = [each for each in scripts.found if re.match(r"(https?:)?//", each.get("src") or "")]
    if any("integrity" not in each or not each["src"].startswith("https:") for each in foreign):
        return -50
    own = [each for each in scripts.found if each.get("src") and each not in foreign]
    return 5 if any("integrity" in each for each in [*own, *foreign]) else 0


class Scripts(HTMLParser):
    """Collects the attributes of every script of a page."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "script":
            self.found.append(dict(attrs))


def x_content_type_options(seen):
    return 0 if seen.header("x-content-type-options") == "nosniff" else -5


def x_frame_options(seen):
    if "frame-ancestors" in seen.header("content-security-policy"):
        return 5
    return 5 if seen.header("x-frame-options") in ("deny", "sameorigin") else -20


RULES = [
    content_security_policy,
    cookies,
    cross_origin_embedder_policy,
    cross_origin_opener_policy,
    cross_origin_resource_policy,
    cross_origin_resource_sharing,
    redirection,
    referrer_policy,
    strict_transport_security,
    subresource_integrity,
    x_content_type_options,
    x_frame_options,
]
