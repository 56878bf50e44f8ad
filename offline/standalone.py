"""Makes a page of the site stand on its own: from a folder, with no server that answers."""

import posixpath
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from careers.words import labels_for
from editorial.qr import svg_inline

from .assets import Assets, drawing
from .forms import Forms
from .harvest import Answer, Harvest, is_ours

# Where the copy explains itself.
START_HERE = "START-HERE.html"
# What absolute addresses of the site begin with while nobody has said where it can be reached.
NOWHERE = "https://address-of-this-site.invalid"

# A page in a folder has no host: some browsers take 'self' for it, others the scheme.
OURS = "'self' file:"
LOADED = ("script-src", "style-src", "img-src", "font-src", "form-action")
POLICY = "; ".join(["default-src 'none'", *(f"{what} {OURS}" for what in LOADED), "base-uri 'none'"])

# What only the site itself can do, or what needs its absolute address.
ONLY_ON_THE_SITE = "[data-needs-site], link[rel=manifest], link[rel=alternate]"
NEEDS_AN_ADDRESS = (
    'link[rel=canonical], meta[property^="og:"], meta[name^="twitter:"], script[type="application/ld+json"], '
    ".share, .printed, [data-needs-address]"
)

# Pages on which a script reads from the address what is looked for or chosen.
FORMS_READ = ("careers:search", "careers:roles", "careers:compare")


@dataclass
class Copy:
    """What every page has to know of the whole. `live`: the site's address, or ""; `request`: for the labels."""

    harvest: Harvest
    assets: Assets
    live: str
    made_of: object
    request: object

    def label(self, key, words):
        """A small word that editors can change."""
        return labels_for(self.request)(key, words)

    def piece(self, template, **values):
        """A template of ours as one element."""
        html = render_to_string(f"offline/{template}", values | {"live": self.live}, self.request)
        return LexborHTMLParser(html.strip(), is_fragment=True).root

    def addresses_of(self, path):
        """[(address, {name: [values]})] of the pages in the copy that this path shows for some parameters."""
        found = []
        for address, answer in sorted(self.harvest.answers.items()):
            parts = urlsplit(address)
            if answer.tree and parts.query and parts.path == path:
                values = {}
                for name, value in parse_qsl(parts.query):
                    values.setdefault(name, []).append(value)
                found.append((address, values))
        return found


def standalone(copy, answer):
    """The HTML of a page as it goes into the copy. Changes `answer.tree`."""
    Page(copy, answer).rewrite()
    return answer.tree.html


class Page:
    """One page on its way into the copy."""

    def __init__(self, copy: Copy, answer: Answer):
        self.copy, self.address, self.file, self.tree = copy, answer.address, answer.file, answer.tree
        self.root = posixpath.relpath(".", posixpath.dirname(self.file) or ".")

    def rewrite(self):
        self._leave_out()
        Forms(self).rewrite()
        self._scripts()
        self._codes()
        self._icons()
        self._links()
        self._head()
        self._banner()

    def to(self, file):
        """The way from this page to another file of the copy."""
        return f"{self.root}/{file}".removeprefix("./")

    def _leave_out(self):
        unwanted = ONLY_ON_THE_SITE if self.copy.live else f"{ONLY_ON_THE_SITE}, {NEEDS_AN_ADDRESS}"
        for each in self.tree.css(unwanted):
            each.decompose()

    # Scripts, pictures, links

    def _scripts(self):
        for script in self.tree.css("script[src]"):
            if script.attributes.get("type") != "module":
                continue
            file = self.copy.assets.script_of(script.attributes["src"])
            if file:
                del script.attrs["type"]
                script.attrs["defer"] = ""
                script.attrs["src"] = self.to(file)

    def _codes(self):
        """Draw the QR codes into the page: the site is not there to draw them."""
        for picture in self.tree.css("img.qr"):
            asked = dict(parse_qsl(urlsplit(picture.attributes["src"]).query))["page"]
            drawn = LexborHTMLParser(svg_inline(f"{self.copy.live}{asked}"), is_fragment=True).root
            drawn.attrs["class"] = "qr"
            drawn.attrs["role"] = "img"
            drawn.attrs["aria-label"] = picture.attributes["alt"]
            picture.replace_with(drawn)

    def _icons(self):
        """Draw the icons into the page: from a folder, browsers refuse drawings in another file."""
        drawings = {}
        for use in self.tree.css("use[href]"):
            address = use.attributes["href"]
            if address.startswith(settings.STATIC_URL):
                drawings[address] = drawing(address)
                use.attrs["href"] = f"#icon-{address.partition('#')[2]}"
        if drawings:
            symbols = "".join(drawings[address] for address in sorted(drawings))
            html = f'<svg aria-hidden="true" width="0" height="0" hidden>{symbols}</svg>'
            self.tree.body.insert_child(LexborHTMLParser(html, is_fragment=True).root)

    def _links(self):
        for name in ("href", "src", "action"):
            for each in self.tree.css(f"[{name}]"):
                value = each.attributes.get(name) or ""
                if each.tag in ("use", "form") or value.startswith("#"):
                    continue
                target = urljoin(self.address, value)
                if target.startswith(settings.STATIC_URL):
                    each.attrs[name] = self.to(self.copy.assets.file_of(target))
                elif is_ours(target):
                    self._link(each, name, target)

    def _link(self, element, name, target):
        parts = urlsplit(target)
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        answer = self.copy.harvest.of(target)
        if answer:
            element.attrs[name] = self.to(answer.file) + fragment
        elif parts.path in map(reverse, FORMS_READ) and self.copy.harvest.of(parts.path):
            element.attrs[name] = f"{self.to(self.copy.harvest.of(parts.path).file)}?{parts.query}"
        elif self.copy.live:
            element.attrs[name] = f"{self.copy.live}{target}"
            element.attrs["rel"] = "external noopener"
        elif "no-print" in (element.attributes.get("class") or ""):
            element.decompose()  # a button that only the site could answer
        else:
            element.attrs[name] = self.to(f"{START_HERE}#needs-site")

    # What the copy says about itself

    def _head(self):
        html = self.tree.css_first("html")
        html.attrs["data-root"] = self.root
        charset = self.tree.css_first("meta[charset]")
        policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        charset.insert_after(LexborHTMLParser(policy, is_fragment=True).root)
        for name in self._own_scripts():
            script = f'<script defer src="{self.to(name)}"></script>'
            self.tree.head.insert_child(LexborHTMLParser(script, is_fragment=True).root)

    def _own_scripts(self):
        """The scripts that stand in for the server, where the page has something for them to do."""
        if not self.tree.css_first("[data-offline]"):
            return []
        searched = self.tree.css_first("[data-results], [data-offline=filter]")
        return [
            PAGES_FILE,
            *([INDEX_FILE, self.copy.assets.named("js/offline-search.js")] if searched else []),
            self.copy.assets.named("js/offline-forms.js"),
        ]

    def _banner(self):
        banner = self.copy.piece("banner.html", made_of=self.copy.made_of, start=self.to(START_HERE))
        self.tree.css_first("main").insert_before(banner)


# Data for the scripts. Scripts themselves, since a page in a folder may not fetch anything.
PAGES_FILE = "static/offline-pages.js"
INDEX_FILE = "static/offline-index.js"
