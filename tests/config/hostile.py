"""Hostile requests: every address pattern of the site, asked in ways that no browser would, by people of every kind.

Used by the suite with a few requests, and by benchmarks/hostile.py with 100,000. All chance comes from one seed.
"""

import io
import json
import re
import sys
import traceback
from collections import Counter
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from urllib.parse import quote, unquote_to_bytes, urlencode

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.signals import got_request_exception
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RegexPattern
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from selectolax.lexbor import LexborHTMLParser

from classroom.models import Classroom
from delivery.parameters import FOR_ONE_READER, UNDERSTOOD
from editorial import preview
from editorial.models import Version
from editorial.sheets import FORMATS
from match.models import QuestionSet
from roles.models import Role, SoftwareCategory, Standard
from skills.models import Skill
from tests.careers.strange import VALUES, WORDS
from tests.factories import FeedbackFactory
from tests.packs.sending import pack_of

# What oEmbed asks for when a provider does not know a format.
MEANT = {("oembed/", 501)}
CSRF = "a" * 32  # a secret, which Django takes for its own token
PEOPLE_LAST = 250  # requests, after which everybody signs in again: some sign out or are deleted
LAST_FRAMES = 15  # of a traceback: those before are the way through the middleware


@dataclass(frozen=True)
class Pattern:
    """One address pattern; `route` is written as in `path()`, `name` with its namespace."""

    route: str
    name: str


def patterns():
    """Every address pattern of the site."""
    return list(_walk(get_resolver()))


def _walk(resolver, before="", namespaces=()):
    for each in resolver.url_patterns:
        route = str(each.pattern)
        if isinstance(each.pattern, RegexPattern):
            route = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).removeprefix("^").removesuffix("$")
        if isinstance(each, URLPattern):
            yield Pattern(before + route, ":".join([*namespaces, each.name or ""]))
        else:
            inside = (*namespaces, each.namespace) if each.namespace else namespaces
            yield from _walk(each, before + route, inside)


@dataclass(frozen=True)
class Request:
    """As it comes over the wire; `path` and `query` are still encoded."""

    method: str
    path: str
    query: str
    headers: dict
    body: bytes = b""
    who: str = "anonymous"

    def __str__(self):
        return f"{self.method} {self.path}?{self.query}\n    {self.who}, {self.headers}\n    {self.body[:2_000]!r}"


@dataclass(frozen=True)
class Failure:
    """An answer that is our fault. `trace` is empty when no exception led to it."""

    request: Request
    status: int
    trace: str

    @property
    def reason(self):
        """What failures have in common that come from the same line."""
        ours = [line for line in self.trace.splitlines() if line.startswith("  File") and "site-packages" not in line]
        return (ours[-1].strip() if ours else self.request.path, self.trace.strip().rpartition("\n")[2][:200])


@dataclass
class Report:
    """How often each pattern answered with each status, and every failure."""

    answers: Counter = field(default_factory=Counter)
    failures: list = field(default_factory=list)

    @property
    def statuses(self):
        """How often each status, as words."""
        found = Counter()
        for (_, status), times in self.answers.items():
            found[status] += times
        return ", ".join(f"{status}: {times:,}" for status, times in sorted(found.items()))

    def told(self):
        """One failure of each kind, with how many there were."""
        kinds = {}
        for each in self.failures:
            kinds.setdefault(each.reason, []).append(each)
        return "\n\n".join(
            f"{len(alike)} × {' '.join(reason)}\n{alike[0].request}\n{alike[0].trace}"
            for reason, alike in kinds.items()
        )


# The site as it stands


class World:
    """What the site holds that a request can name: rows, secret addresses, files, and people who are signed in."""

    def __init__(self):
        self.slugs = {
            folder: list(model.objects.values_list("slug", flat=True))
            for folder, model in {
                "roles": Role,
                "plan": Role,
                "pay": Role,
                "software": SoftwareCategory,
                "skills": Skill,
                "standards": Standard,
                **{each: apps.get_model("careers", each[:-1]) for each in ("trends", "reasons")},
            }.items()
        }
        every_slug = sorted({slug for slugs in self.slugs.values() for slug in slugs})
        roles = self.slugs["roles"]
        kept = QuestionSet.objects.keep_current()
        classroom, class_token = Classroom.objects.start(kept, title="Friday", lasts=timedelta(hours=2))
        pack, edit_token = pack_of(*Role.objects.published()[:2])
        FeedbackFactory.create_batch(3)
        tables = [table for each in admin.site._registry.values() for table in getattr(each, "tables", ())]
        self.arguments = {
            "slug": every_slug,
            "slugs": [roles[0], "+".join(roles[:2]), ",".join(roles[:2]), "+".join(roles)],
            "code": [classroom.code],
            "token": [class_token, pack.token],
            "edit_token": [edit_token],
            "rest": [f"{edit_token}/>", f"{class_token}).", "v1/roles", "v1"],
            "table": [each.name for each in tables],
            "ending": list(FORMATS),
            "app_label": sorted({model._meta.app_label for model in admin.site._registry}),
            "content_type_id": ["1", "7", "20"],
            "url": ["roles/role", "roles"],
            "pk": [str(pack.pk)],
        }
        self.files = [
            (f"{each.name}.{ending}", each().written(ending)) for each in tables for ending in ("csv", "yaml")
        ]
        signs = [each.answers[0].sign for each in kept.questions.statements]
        versions = Version.objects.values_list("number", flat=True).distinct()
        self.values = [
            *every_slug,
            *self.arguments["code"],
            *self.arguments["token"],
            kept.code,
            "".join(signs),
            *map(str, versions[:5]),
            *[f"http://testserver/roles/{slug}/" for slug in roles[:2]],
            *[link.partition("=")[2] for link in (preview.link(each, "/") for each in Version.objects.all()[:3])],
            *["1", "2", "10", "on", "all", "csv", "ics", "json", "xml", "differences", "general", "role", "15-1252"],
            *["0600000", "2026-01-01", "-1.2", "id", "title", "month", "en"],
        ]
        self.fields = {
            model: [each.name for each in model._meta.get_fields() if not each.is_relation or each.concrete]
            for model in admin.site._registry
        }
        self.parameters = sorted(
            {name for names in [*UNDERSTOOD.values(), *FOR_ONE_READER.values()] for name in names}
            | {preview.PARAMETER, "p", "o", "e", "all", "mine", "theirs", "number", "page", "section", "next", "code"}
            | {"_popup", "_to_field", "_changelist_filters", "_facets", "app_label", "model_name", "field_name", "term"}
            | {
                "compare",
                "language",
                "s1",
                "s2",
                "action",
                "_selected_action",
                "ticket",
                "data-ish",
                "csrfmiddlewaretoken",
            }
        )
        self.cookies = {}

    def sign_everybody_in(self):
        """{who: the value of the session cookie}, for people as they were made by migrations, whatever befell them."""
        self.cookies = {"anonymous": "", "a reader": _signed_in("reader", is_staff=False)}
        for name in ("Author", "Editor", "Data steward", "Administrator"):
            self.cookies[name] = _signed_in(name, group=name)
        self.cookies["superuser"] = _signed_in("superuser", is_superuser=True)
        self.cookies["Editor with an app"] = _signed_in("app", group="Editor", app=True)
        self.cookies["superuser with an app"] = _signed_in("super-app", is_superuser=True, app=True)
        self.cookies["Editor who sets up an app"] = _signed_in("begun", group="Editor", app=False)


def _signed_in(name, *, group=None, app=None, is_staff=True, is_superuser=False):
    """The session cookie of a person; `app` says whether their second factor is set up, None that there is none."""
    user, _ = get_user_model().objects.update_or_create(
        username=name, defaults={"is_staff": is_staff, "is_superuser": is_superuser, "is_active": True}
    )
    if group:
        user.groups.set(Group.objects.filter(name=group))
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    if app is not None:
        device, _ = TOTPDevice.objects.update_or_create(user=user, defaults={"name": "App", "confirmed": app})
        if app:
            session = client.session
            session[DEVICE_ID_SESSION_KEY] = device.persistent_id
            session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


# Requests

METHODS = ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get", "FOO", "X" * 300]
HEADERS = {
    "Accept": [
        "application/json",
        "text/html;q=nan",
        "*/*;q=1e999",
        "application/json;q=",
        ",;=,",
        "x" * 5_000,
        "\xff",
    ],
    "Accept-Encoding": [
        "br",
        "gzip",
        "br;q=0, gzip;q=-1",
        "identity;q=0, *;q=0",
        "gzip;q=1e400",
        "\xff\xfe",
        "," * 900,
    ],
    "Accept-Language": ["de", "x" * 5_000, "en-;q=nan, *;q=2", "zh-Hant-" * 90, "%00", "\xe4"],
    "Content-Length": ["", "0", "5", "9" * 15],  # a server itself refuses what is no number
    "Content-Type": [
        "nonsense",
        "text/html; charset=nonsense",
        "application/json; charset=\xff",
        "multipart/form-data",
    ],
    "Cookie": [
        "sessionid",
        "csrftoken=" + "\xff" * 32,
        "; ;=;",
        "messages=" + "x" * 4_000,
        'messages="[[\\"__json_mes',
    ],
    "Host": ["evil.example", "", "testserver:99999", "testserver:port", "[::1", "test server", "\xff", "a" * 3_000],
    "If-Match": ["*", '"x"', "\xff"],
    "If-Modified-Since": ["yesterday", "Mon, 99 Foo 9999 99:99:99 GMT", "9" * 50, "Thu, 01 Jan 0000 00:00:00 GMT"],
    "If-None-Match": ["*", '"x", W/"y"', '"', "W/", "x" * 5_000, "\xff"],
    "If-Unmodified-Since": ["Sun, 06 Nov 1994 08:49:37 GMT"],
    "Origin": ["null", "https://evil.example", "http://testserver", "\xff://", "http://[", "x" * 3_000],
    "Range": ["bytes=0-", "bytes=5-1", "bytes=-", "bytes=" + "0-1," * 500, "lines=1", "bytes=" + "9" * 50 + "-"],
    "Referer": ["https://evil.example/", "http://testserver/admin/", "http://[", "\xff", "x" * 5_000],
    "Sec-Fetch-Site": ["cross-site", "same-origin", "\xff"],
    "User-Agent": ["", "\xff", "x" * 5_000, "() { :;}; echo"],
    "X-Forwarded-For": ["1.2.3.4, 5.6.7.8", "nonsense", "::ffff:1.2.3.4", "\xff", "," * 500],
    "X-Forwarded-Host": ["evil.example"],
    "X-Forwarded-Port": ["nonsense"],
    "X-Forwarded-Proto": ["https", "gopher", "\xff"],
    "X-HTTP-Method-Override": ["DELETE"],
    "X-Requested-With": ["XMLHttpRequest"],
}
BAD_PATTERNS = ["%28", "%5b", "*", "%7b2,1%7d", "%28%3fP%3c"]  # regular expressions that are none
LOOKUPS = [
    "",
    "__exact",
    "__in",
    "__isnull",
    "__gte",
    "__lt",
    "__year",
    "__regex",
    "__icontains",
    "__id",
    "__x__y",
    "__",
]
BENT_PATHS = [
    lambda path: path.rstrip("/"),
    lambda path: path + "/",
    lambda path: "/" + path,
    lambda path: path.upper(),
    lambda path: path + "%00",
    lambda path: path + "..;/admin/",
    lambda path: path.replace("/", "//"),
    lambda path: path.replace("/", "/./"),
    lambda path: path + "%ff%fe/",
    lambda path: path + "a" * 20_000,
    lambda path: path + "%0d%0aSet-Cookie:x=y",
    lambda path: path[1:],
]
BENT_QUERIES = [
    "&&&=&=x&a&",
    "?a=b",
    "%",
    "%zz=%zz",
    "\xff=\xfe",
    "a[]=1&a[b][c]=2",
    "[]=",
    "a;b=c;d",
    "+",
    "=",
    "%00=%00",
]
BENT_QUERIES += ["&".join(f"{name}{n}={n}" for n in range(most)) for name, most in (("have", 900), ("p", 5_001))]
BENT_QUERIES += [
    "&".join(f"{name}={n}" for n in range(600)) for name in ("role", "have", "q", "a", "page", "p", "id__in")
]
NOT_JSON = [b"", b"{", b"[" * 50_000, b'{"a":' * 2_000, b"null", b"\xff\xfe", b'"\\ud800"', b"NaN", b"9" * 5_000]


class Hostile:
    """Makes requests for a pattern, from the chance of `random` and what `world` holds."""

    def __init__(self, random, world):
        self.random, self.world = random, world

    def likely(self, chance):
        return self.random.random() < chance

    def first_request(self, pattern):
        """A request of any kind."""
        method = "GET"
        if self.likely(0.4):
            method = "POST" if self.likely(0.6) else self.random.choice(METHODS)
        who = self.who(pattern)
        headers, body = self.headers(who), b""
        if method != "GET":
            content_type, body = self.body(pattern)
            headers = {"Content-Type": content_type, "Content-Length": str(len(body))} | headers
            if self.likely(0.8):
                headers["X-CSRFToken"] = CSRF
        return Request(method, self.path(pattern), self.query(pattern), headers, body, who)

    def filled_in(self, request, page):
        """The form of a page that `request` was answered with, sent with some changes; None when it has none."""
        forms = LexborHTMLParser(page).css('form[method="post"]')
        if not forms:
            return None
        form = self.random.choice(forms)
        action = (form.attributes.get("action") or "").partition("?")
        is_ours = action[0].startswith("/")
        path, query = (action[0], action[2]) if is_ours else (request.path, action[2] or request.query)
        pairs = self.changed(_fields(form, self.random))
        is_multipart = bool(form.css("input[type=file]")) or self.likely(0.1)
        files = [(each.attributes.get("name") or "", *self.file()) for each in form.css("input[type=file]")]
        content_type, body = _multipart(pairs, files) if is_multipart else _urlencoded(pairs)
        headers = self.headers(request.who, most=1) | {"Content-Type": content_type, "Content-Length": str(len(body))}
        return Request("POST", path, query, headers, body, request.who)

    def who(self, pattern):
        if not pattern.route.startswith("admin/"):
            return "anonymous" if self.likely(0.7) else self.random.choice(list(self.world.cookies))
        if self.likely(0.3):
            return self.random.choice(["superuser", "superuser with an app"])
        return "anonymous" if self.likely(0.4) else self.random.choice(list(self.world.cookies))

    # Addresses

    def path(self, pattern):
        path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: self.argument(found[1], pattern), pattern.route)
        return self.random.choice(BENT_PATHS)(path) if self.likely(0.06) else path

    def argument(self, name, pattern):
        if self.likely(0.35):
            return self.strange()
        if name in ("object_id", "id", "pk") and name not in self.world.arguments:
            return self.key_of_row(pattern)
        known = self.world.arguments[name]
        if name == "slug":
            folder = next((part for part in pattern.route.split("/") if part in self.world.slugs), None)
            known = self.world.slugs.get(folder, known)
        return quote(self.random.choice(known))

    def key_of_row(self, pattern):
        """The key of a row of the model that a page of the admin is for, as it stands now."""
        parts = pattern.route.split("/")
        try:
            model = apps.get_model(parts[1], parts[2])
        except LookupError:
            return str(self.random.randrange(100))
        keys = list(model._base_manager.values_list("pk", flat=True)[:200])
        return str(self.random.choice(keys)) if keys else "1"

    def query(self, pattern):
        if self.likely(0.4):
            return ""
        if self.likely(0.08):
            return self.random.choice(BENT_QUERIES)
        how_many = self.random.randint(1, 4)
        return "&".join(f"{self.parameter(pattern)}={self.value()}" for _ in range(how_many))

    def parameter(self, pattern):
        parts = pattern.route.split("/")
        if parts[0] == "admin" and len(parts) > 2 and self.likely(0.5):
            fields = next((names for model, names in self.world.fields.items() if _is_of(model, parts)), ["id"])
            return self.random.choice(fields) + self.random.choice(LOOKUPS)
        name = self.random.choice([*UNDERSTOOD.get(pattern.name, ()), *FOR_ONE_READER.get(pattern.name, ())] or ["q"])
        if self.likely(0.5):
            name = self.random.choice(self.world.parameters)
        return name + (self.random.choice(["[]", "[0]", "%00", ".x", "%5b%5d"]) if self.likely(0.06) else "")

    def value(self):
        """As it stands in an address, after the =."""
        if self.likely(0.05):
            return self.random.choice(BAD_PATTERNS)
        return self.strange() if self.likely(0.5) else quote(self.random.choice(self.world.values))

    def strange(self):
        return self.random.choice([*VALUES.values(), *WORDS.values()])

    # Headers and bodies

    def headers(self, who, most=3):
        cookies = [f"{settings.CSRF_COOKIE_NAME}={CSRF}"] if self.likely(0.95) else []
        if self.world.cookies[who]:
            cookies.append(f"{settings.SESSION_COOKIE_NAME}={self.world.cookies[who]}")
        headers = {"Host": "testserver", "Cookie": "; ".join(cookies)}
        if self.likely(0.4):
            for name in self.random.sample(list(HEADERS), self.random.randint(1, most)):
                headers[name] = self.random.choice(HEADERS[name])
        return headers

    def body(self, pattern):
        """(content type, bytes), made up."""
        pairs = [(self.parameter(pattern), self.typed()) for _ in range(self.random.randint(0, 6))]
        if self.likely(0.9):
            pairs.append(("csrfmiddlewaretoken", CSRF.encode()))
        kind = self.random.random()
        if kind < 0.5:
            return _urlencoded(pairs)
        if kind < 0.65:
            return _multipart(pairs, [("file", *self.file())])
        content_type, body = _multipart(pairs, [("file", *self.file())])
        return self.random.choice(
            [
                (content_type, body[: self.random.randrange(len(body))]),
                (content_type, b""),
                ("multipart/form-data", body),
                ("multipart/form-data; boundary=", body),
                ("multipart/form-data; boundary=" + "x" * 300, body),
                (content_type, body.replace(b"name=", b"nome=")),
                (content_type, body.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n")),
                ("application/json", json.dumps({name: text.decode("latin-1") for name, text in pairs}).encode()),
                ("application/json", self.random.choice(NOT_JSON)),
                ("application/x-www-form-urlencoded; charset=nonsense", body),
                ("application/x-www-form-urlencoded; charset=utf-16", _urlencoded(pairs)[1]),
                ("application/x-www-form-urlencoded", b"csrfmiddlewaretoken=" + CSRF.encode() + b"&" + b"a=" * 6_000),
                ("application/x-www-form-urlencoded", b"a=" + b"x" * 2_700_000),
                ("application/x-www-form-urlencoded", b"\xff\xfe=%ff&%00=%00&%zz"),
                ("text/plain", b"\x00" * 1_000),
            ]
        )

    def typed(self):
        """A text as bytes, after a server has decoded the address that it stands in."""
        return unquote_to_bytes(self.value().replace("+", " "))

    def file(self):
        """(name, bytes): one of our own tables, whole or damaged, or nothing of the kind."""
        name, data = self.random.choice(self.world.files)
        damage = self.random.random()
        if damage < 0.3:
            return name, data
        if damage < 0.6:
            strange = unquote_to_bytes(self.strange())[:200]
            cut = self.random.randrange(len(data) + 1)
            return name, data[:cut] + strange + data[cut + self.random.randrange(50) :]
        return self.random.choice(
            [
                (name, b""),
                (name, bytes(self.random.randrange(256) for _ in range(500))),
                (name.partition(".")[0] + ".xlsx", data),
                (name.partition(".")[0] + ".xlsx", b"PK\x03\x04" + data[:100]),
                ("x.yaml", b"a: &a [*a]\n" + b"- " * 900),
                ("x.yaml", b"!!python/object:os.system {}\n"),
                ("x" * 900 + ".csv", data),
                ("../\xff\x00.csv", data),
                ("x", data),
            ]
        )

    def changed(self, pairs):
        """Form fields with some of them changed, doubled or left out; one time in four as they are."""
        pairs = [(name, value.encode()) for name, value in pairs]
        if self.likely(0.25):
            return [(name, CSRF.encode() if name == "csrfmiddlewaretoken" else value) for name, value in pairs]
        for _ in range(self.random.randint(1, 4)):
            if not pairs:
                break
            which = self.random.randrange(len(pairs))
            name, value = pairs[which]
            pairs[which] = (name, self.typed())
            if self.likely(0.15):
                del pairs[which]
            elif self.likely(0.15):
                pairs.insert(which, (name, value))
        chosen = [(name, CSRF.encode() if name == "csrfmiddlewaretoken" else value) for name, value in pairs]
        return [*chosen, (self.random.choice(self.world.parameters), self.typed())]


def _is_of(model, parts):
    return [model._meta.app_label, model._meta.model_name] == parts[1:3]


def _fields(form, random):
    """(name, value) of what a browser would send of a form, with one of its buttons."""
    pairs = []
    for each in form.css("input[name], textarea[name], select[name]"):
        said = each.attributes
        kind = said.get("type") or "text"
        if kind in ("file", "submit", "button") or (kind in ("checkbox", "radio") and random.random() < 0.5):
            continue
        value = said.get("value") or ("on" if kind == "checkbox" else "")
        if each.tag == "textarea":
            value = each.text()
        elif each.tag == "select":
            chosen = each.css("option[selected]") if random.random() < 0.8 else each.css("option")
            value = (random.choice(chosen).attributes.get("value") or "") if chosen else ""
        pairs.append((said["name"] or "", value))
    buttons = form.css("button[name], input[type=submit][name]")
    if buttons:
        button = random.choice(buttons).attributes
        pairs.append((button["name"] or "", button.get("value") or ""))
    return pairs


def _urlencoded(pairs):
    return "application/x-www-form-urlencoded", urlencode(pairs).encode()


def _multipart(pairs, files):
    parts = [(f'name="{name}"', value if isinstance(value, bytes) else value.encode()) for name, value in pairs]
    parts += [(f'name="{field}"; filename="{name}"\r\nContent-Type: x/y', data) for field, name, data in files]
    lines = [
        f"--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + data + b"\r\n" for head, data in parts
    ]
    return "multipart/form-data; boundary=edge", b"".join([*lines, b"--edge--\r\n"])


# Asking


def ask(application, request, address="127.0.0.1"):
    """(status, headers, body) as a WSGI server would send them. Raises whatever the application raises."""
    environ = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(request.path.encode("latin-1")).decode("latin-1"),
        "QUERY_STRING": request.query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": address,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    said = {}
    parts = application(environ, lambda line, headers, exc_info=None: said.update(line=line, headers=headers))
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", bool)()
    return int(said["line"][:3]), {name.lower(): value for name, value in said["headers"]}, body


@contextmanager
def exceptions_seen():
    """The tracebacks of all exceptions that Django made a 500 of, or that a kept copy of a page hid."""
    seen = []

    def note(**_):
        seen.append(traceback.format_exc(limit=-LAST_FRAMES))

    got_request_exception.connect(note)
    try:
        yield seen
    finally:
        got_request_exception.disconnect(note)


def drive(application, count, seed, around=nullcontext):
    """Send about `count` requests, as many to each pattern, in a random order. Returns a Report.

    Each request runs inside `around()`.
    """
    random, world, report = Random(seed), World(), Report()  # noqa: S311 - the same requests each time
    hostile, todo = Hostile(random, world), []
    every_pattern = patterns()
    while report.answers.total() < count:
        if not todo:
            todo = random.sample(every_pattern, len(every_pattern))
        if report.answers.total() % PEOPLE_LAST == 0 or not world.cookies:
            world.sign_everybody_in()
        pattern = todo.pop()
        request = hostile.first_request(pattern)
        answer = _noted(application, request, pattern, report, random, around)
        if answer and _is_page(request, *answer) and hostile.likely(0.4):
            form = hostile.filled_in(request, answer[2])
            if form:
                _noted(application, form, pattern, report, random, around)
    return report


def _is_page(request, status, headers, _):
    is_html = headers.get("content-type", "").startswith("text/html")
    return request.method == "GET" and status == 200 and is_html and "content-encoding" not in headers


def _noted(application, request, pattern, report, random, around):
    """The answer to a request, put into the report; None when there is none."""
    answer, status = None, 500
    with exceptions_seen() as seen:
        try:
            with around():
                answer = ask(application, request, f"10.{random.randrange(256)}.0.{random.randrange(256)}")
                status = answer[0]
        except Exception:
            seen.append(traceback.format_exc(limit=-LAST_FRAMES))
    report.answers[pattern.route, status] += 1
    if seen or (status >= 500 and (pattern.route, status) not in MEANT):
        report.failures.append(Failure(request, status, seen[0] if seen else ""))
    return answer
