"""The forms of signing in and of one's own account."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.signals import user_login_failed
from django.core.validators import MaxLengthValidator

from . import second_factor


def code_field(**options):
    """A box for a code of the app, or a recovery code. Phones offer what they know, and digits first."""
    attributes = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(max_length=40, widget=forms.TextInput(attrs=attributes), **options)


class SignInForm(AdminAuthenticationForm):
    """Name, password, and a code from those who set up a second factor."""

    code = code_field(
        label="Code",
        required=False,
        help_text="From your app, or a recovery code. Leave it empty if you have not set up a second factor.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Django only tells the browser how long a name may be; a longer one would not fit where tries are noted.
        name = self.fields["username"]
        name.validators.append(MaxLengthValidator(name.max_length))

    def clean(self):
        cleaned = super().clean()
        user = self.get_user()
        if user is not None and second_factor.device_of(user):
            user.otp_device = self._device_shown_by(user, cleaned.get("code"))
        return cleaned

    def _device_shown_by(self, user, code):
        if not code:
            raise forms.ValidationError("Type your password again, and the code that your app shows.", code="code")
        try:
            return second_factor.verify(user, code)
        except second_factor.WrongCode as error:
            # Counts like a wrong password: after a few the name is kept out for a while.
            user_login_failed.send(sender=__name__, credentials={"username": user.get_username()}, request=self.request)
            raise forms.ValidationError(f"{error} Type your password again, too.", code="code") from None


class CodeForm(forms.Form):
    """A code that proves that the app, or a recovery code, is at hand."""

    code = code_field(label="Code")
