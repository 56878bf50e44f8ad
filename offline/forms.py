"""The forms of a page that goes into the copy. None stays that does nothing.

A form that leads to pages of the copy is left to a script, which looks them up; beside it stand links to the same
pages. The search and the filters of the list of roles work by a script alone. Every other form gives way to a
sentence.
"""

from urllib.parse import urljoin, urlsplit

from django.urls import reverse

from careers import browsing
from careers.search.models import SearchEntry
from roles.models import Role

from .addresses import without

NARROWED_BY = {"category": browsing.with_categories, "skill": browsing.with_skills}


class Forms:
    """All forms of one page. `page`: a standalone.Page."""

    def __init__(self, page):
        self.page, self.copy, self.tree, self.address = page, page.copy, page.tree, page.address

    def rewrite(self):
        for form in self.tree.css("form"):
            target = urlsplit(urljoin(self.address, form.attributes.get("action") or self.address)).path
            if (form.attributes.get("method") or "get").lower() != "get" or not self.copy.harvest.of(target):
                self._explain(form)
            elif target == reverse("careers:search"):
                self._keep_search(form, target)
            elif target == reverse("careers:roles") and not self.copy.addresses_of(target):
                self._keep_filter(form, target)
            elif self._leads_somewhere(form, target):
                self._keep(form, "pages", target)
                form.attrs["data-none"] = self.copy.label("copy-no-page", "The copy holds no page for that choice.")
                if target == self.address:
                    self._list_choices(form, target)
            else:
                self._explain(form)

    def _explain(self, form):
        for field in self._fields_outside(form):
            field.decompose()
        form.replace_with(self.copy.piece("needs_site.html", there=self.address))

    def _keep(self, form, how, target):
        """Leave the form to the script, which shows it: without one it could do nothing."""
        form.attrs["action"] = self.page.to(self.copy.harvest.of(target).file)
        form.attrs["data-offline"] = how
        form.attrs["data-path"] = target
        form.attrs["hidden"] = ""
        for field in self._fields_outside(form):
            field.attrs["hidden"] = ""
            field.attrs["data-offline"] = "field"

    def _fields_outside(self, form):
        """What stands elsewhere on the page but belongs to the form, each with the words around it."""
        name = form.attributes.get("id")
        around = [_around_field(field) for field in (self.tree.css(f'[form="{name}"]') if name else [])]
        return list({each.mem_id: each for each in around}.values())

    # Search and filters

    def _keep_search(self, form, target):
        self._keep(form, "search", target)
        for box in form.css("[data-suggest]"):
            for name in ("data-suggest", "data-list", "data-one", "data-many"):
                del box.attrs[name]
        if target == self.address:
            form.insert_after(self.copy.piece("everything.html", kinds=_everything(), harvest=self.copy.harvest))
            form.insert_after(self.copy.piece("results.html"))

    def _keep_filter(self, form, target):
        """Write the roles that each choice leaves beside it. The numbers of roles would need the site to count."""
        self._keep(form, "filter", target)
        for box in self.tree.css(f'[form="{form.attributes["id"]}"][type=checkbox]'):
            narrowed = NARROWED_BY[box.attributes["name"]](Role.objects.published(), [box.attributes["value"]])
            box.attrs["data-roles"] = " ".join(sorted(narrowed.values_list("slug", flat=True)))
            for number in box.parent.css("label .soft"):
                number.decompose()
        form.insert_after(self.copy.piece("filtered.html"))

    # Forms that lead to pages

    def _leads_somewhere(self, form, target):
        """Leave only the choices for which there is a page; says whether any is left."""
        there = self.copy.addresses_of(target)
        offered = False
        for field in form.css("select[name], input[type=checkbox][name]"):
            values = {value for _, each in there for value in each.get(field.attributes["name"], [])}
            choices = field.css("option") if field.tag == "select" else [field]
            kept = [choice for choice in choices if choice.attributes.get("value") in values]
            if not kept:
                _around_line(field).decompose()
                continue
            offered = True
            for choice in choices:
                if choice.attributes.get("value") not in values:
                    choice.decompose()
        return offered or bool(there and self._fields_outside(form))

    def _list_choices(self, form, target):
        """Links to all pages that the form can lead to, for browsers that run no script."""
        answers = self.copy.harvest.answers
        choices = [
            (answers[address].title, address)
            for address, _ in sorted(self.copy.addresses_of(target), key=_how_much)
            if without(address, "only", "page") == address
        ]
        form.insert_after(self.copy.piece("choices.html", choices=choices))


def _how_much(choice):
    """Short lists of values come before longer ones."""
    return sum(map(len, choice[1].values()))


def _everything():
    """(kind, entries) for every page that the search can find."""
    entries = list(SearchEntry.objects.public().only("kind", "title", "address"))
    kinds = dict.fromkeys(entry.kind for entry in entries)
    return [(SearchEntry.Kind(kind).label, [each for each in entries if each.kind == kind]) for kind in kinds]


def _up(node, fits):
    """The nearest element around a node, itself included, that fits; None when there is none."""
    while node is not None and not fits(node):
        node = node.parent
    return node


def _has_class(name):
    return lambda node: name in (node.attributes.get("class") or "").split()


def _around_field(field):
    """What disappears with a field of a form that stands elsewhere: what folds it away, or its own line."""
    return _up(field, lambda node: node.tag == "details") or _up(field, _has_class("form-check")) or field


def _around_line(field):
    """The field with its label, as crispy-forms draws them."""
    return _up(field, _has_class("mb-3")) or field
