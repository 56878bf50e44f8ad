"""People and groups. Nobody can give away more than they may do themselves."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from editorial.admin import in_words
from editorial.keys import could_be_key

from . import second_factor

# The own account page and the action below are the ways to a second factor: no form shows its secret.
admin.site.unregister([TOTPDevice, StaticDevice, User, Group])


def words_for(permissions):
    return {f"{app_label}.{codename}" for app_label, codename in permissions}


def permissions_in(groups):
    """What the groups may do, as words such as "roles.view_role"."""
    rows = Permission.objects.filter(group__in=groups)
    return words_for(rows.values_list("content_type__app_label", "codename"))


def permissions_of(user):
    """What someone may do, or could once their account is active."""
    rows = Permission.objects.filter(Q(group__user=user) | Q(user=user))
    return words_for(rows.values_list("content_type__app_label", "codename"))


def refuse_more_than_own(giver, given):
    """Raises ValidationError when `given`, a set of words, holds what `giver` may not do."""
    too_much = sorted(given - giver.get_all_permissions())
    if too_much:
        more = f" and {len(too_much) - 3} more" if len(too_much) > 3 else ""
        raise forms.ValidationError(
            f"You may not give what you may not do yourself ({', '.join(too_much[:3])}{more}). "
            "Ask a superuser, or choose another group."
        )


class PersonForm(UserChangeForm):
    """Adding someone to a group gives away what the group may do."""

    giver = None

    def clean_groups(self):
        groups = self.cleaned_data["groups"]
        before = self.instance.groups.values_list("pk", flat=True)
        refuse_more_than_own(self.giver, permissions_in([group for group in groups if group.pk not in set(before)]))
        return groups


class GroupForm(forms.ModelForm):
    """Adding a permission to a group gives it to everybody in it, perhaps to oneself."""

    giver = None

    class Meta:
        model = Group
        fields = ["name", "permissions"]

    def clean_permissions(self):
        chosen = self.cleaned_data["permissions"]
        before = set(self.instance.permissions.values_list("pk", flat=True)) if self.instance.pk else set()
        new = [permission for permission in chosen if permission.pk not in before]
        refuse_more_than_own(
            self.giver, words_for((permission.content_type.app_label, permission.codename) for permission in new)
        )
        return chosen


class ChosenRows(forms.ModelMultipleChoiceField):
    """Refuses in words what no row can have as its key. Django's own asks for it, and SQLite breaks on huge numbers."""

    def clean(self, value):
        for each in value or ():
            if not could_be_key(each):
                raise forms.ValidationError(self.error_messages["invalid_pk_value"], params={"pk": each})
        return super().clean(value)


class FormOfGiver:
    """Mixin: the form knows who fills it in, and takes no row that cannot be."""

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        return super().formfield_for_manytomany(db_field, request, form_class=ChosenRows, **kwargs)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (form,), {"giver": request.user})


@admin.register(User)
class PersonAdmin(FormOfGiver, UserAdmin):
    """Who may sign in, and the groups that say what for. Superusers are made and changed by superusers only."""

    form = PersonForm
    list_display = ("username", "first_name", "last_name", "groups_of", "is_staff", "is_active", "last_login")
    list_filter = ("groups", "is_staff", "is_active", "is_superuser")
    readonly_fields = ("last_login", "date_joined")
    actions = ("take_second_factor_away",)
    FOR_SUPERUSERS = ("is_superuser", "user_permissions")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="groups")
    def groups_of(self, user):
        return ", ".join(sorted(group.name for group in user.groups.all())) or "none"

    def get_fieldsets(self, request, obj=None):
        """Others than superusers give groups; single permissions and the name of a superuser are not theirs."""
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            (name, options | {"fields": tuple(each for each in options["fields"] if each not in self.FOR_SUPERUSERS)})
            for name, options in fieldsets
        ]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def _may_touch(self, request, user):
        return request.user.is_superuser or user is None or not user.is_superuser

    def user_change_password(self, request, id, form_url=""):
        """Whose password one can set, one can become: so nobody sets that of someone who may do more."""
        user = self.get_object(request, unquote(id))
        may_more = user is not None and permissions_of(user) - request.user.get_all_permissions()
        if may_more and not request.user.is_superuser:
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    @admin.action(
        description="Take the second factor away (someone lost their phone and codes)", permissions=["change"]
    )
    def take_second_factor_away(self, request, queryset):
        done, without, refused = [], [], []
        for user in queryset:
            if not self.has_change_permission(request, user):
                refused.append(user.get_username())
            elif second_factor.take_away(user, by=request.user):
                done.append(user.get_username())
            else:
                without.append(user.get_username())
        if done:
            messages.success(request, f"Without a second factor now: {in_words(done)}.")
        if without:
            messages.info(request, f"Had none: {in_words(without)}.")
        if refused:
            messages.warning(request, f"Left as it was, because only a superuser may: {in_words(refused)}.")


@admin.register(Group)
class PeopleGroupAdmin(FormOfGiver, GroupAdmin):
    """What the people in a group may do."""

    form = GroupForm
