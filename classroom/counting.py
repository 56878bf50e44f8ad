"""Counting a result once, and nothing else of it."""

import secrets

from django.core import signing
from django.db import transaction
from django.db.models import F

from careers.secret_addresses import digest

from .models import MOST_RESULTS, Classroom, Ticket
from .tallies import FIRST, NONE, SEVERAL, STEP, keys_of

tickets = signing.Signer(salt="classroom.counting")


class NotCounted(Exception):
    """A result that a class does not take. `why` is "over", "full" or "missing"."""

    def __init__(self, why):
        super().__init__(why)
        self.why = why


def new_ticket(classroom):
    """A ticket for one form: a number drawn by chance, signed for this class, so that only we can have made it."""
    return tickets.sign(f"{classroom.code}.{secrets.token_urlsafe(16)}")


def read_ticket(classroom, ticket):
    """What is kept of a ticket. Raises BadSignature for one that we did not make for this class."""
    number = tickets.unsign(ticket)
    if not number.startswith(f"{classroom.code}."):
        raise signing.BadSignature("It is for another class.")
    return digest(number)


def is_ticket_of(classroom, ticket):
    """Did we make it for this class?"""
    try:
        read_ticket(classroom, ticket)
    except signing.BadSignature:
        return False
    return True


def count(classroom, sheet, ticket):
    """Count a sheet, once for each ticket (as `read_ticket` gave it). Says whether it was counted now.

    Raises NotCounted when the class has ended, is full or is deleted. Either everything is counted or nothing is.
    Results of one class take turns at its row, so that they neither overtake nor block one another.
    """
    numbers = {(each.about, each.answer): each.pk for each in classroom.tallies.all()}
    if not numbers:
        raise NotCounted("missing")
    roles = [answer for about, answer in numbers if about == FIRST and answer not in (SEVERAL, NONE)]
    raised = [numbers[key] for key in keys_of(sheet, roles)]
    with transaction.atomic():
        now = Classroom.objects.select_for_update().filter(pk=classroom.pk).first()
        if now is None:
            raise NotCounted("missing")
        if now.tickets.filter(digest=ticket).exists():
            return False
        if not now.is_open:
            raise NotCounted("over")
        if now.results >= MOST_RESULTS:
            raise NotCounted("full")
        Ticket.objects.create(classroom=now, digest=ticket)
        now.tallies.filter(pk__in=raised).update(count=F("count") + 1)
        Classroom.objects.filter(pk=now.pk).update(results=F("results") + 1)
        if (now.results + 1) % STEP == 0:
            now.tallies.update(shown=F("count"))
    return True
