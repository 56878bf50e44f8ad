"""The way back in for someone who lost the phone and the recovery codes."""

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError

from staff import second_factor


class Command(BaseCommand):
    help = "Take the second factor of an account away, so that its password alone lets in again."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username!r}.")
        if not second_factor.take_away(user):
            raise CommandError(f"{username} has no second factor.")
        self.stdout.write(f"{username} signs in with the password alone now.")
