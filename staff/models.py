"""Recovery codes, of which the database knows no more than hashes."""

from django.contrib.auth.hashers import check_password
from django.db import models
from django_otp.plugins.otp_static.models import StaticDevice


class RecoveryCodes(StaticDevice):
    """The recovery codes of a member of staff. django-otp's device, which makes the next try wait after a wrong one;
    its own tokens, which are readable, stay empty."""

    class Meta:
        proxy = True
        default_permissions = ()  # no page of the admin shows them

    def verify_token(self, code):
        """Use up the code. Says whether it was one."""
        if not self.verify_is_allowed()[0]:
            return False
        match = next((each for each in self.codes.all() if check_password(code, each.hash)), None)
        # Of two who send the same code at the same moment, one finds it gone.
        if match is None or not self.codes.filter(pk=match.pk).delete()[0]:
            self.throttle_increment()
            return False
        self.throttle_reset(commit=False)
        self.set_last_used_timestamp(commit=False)
        self.save()
        return True


class RecoveryCode(models.Model):
    """A code that lets in once, as a password is kept: a slow hash with a salt of its own."""

    device = models.ForeignKey(RecoveryCodes, on_delete=models.CASCADE, related_name="codes")
    hash = models.CharField(max_length=128)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"Recovery code {self.pk}"
