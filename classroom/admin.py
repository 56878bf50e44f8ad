"""What staff see of classes: that they are there and how many results they hold. The answers are the class's own."""

from django.contrib import admin

from careers.admin import ADDRESSES_ABOVE, SHOWN_FROM

from .models import Classroom

# The words of these pages are edited with those of all others.
ADDRESSES_ABOVE |= {"class": "classroom:enter", "class-new": "classroom:new"}
SHOWN_FROM |= dict.fromkeys(["class-answer", "class-manage", "class-missing", "class-picture"], "classroom:enter")


@admin.register(Classroom)
class ClassroomAdmin(admin.ModelAdmin):
    """To find a class by its code or title, and to delete one whose title should not be there."""

    list_display = ("code_in_groups", "title", "state", "results", "started_at", "ends_at", "delete_after")
    search_fields = ("code", "title")
    list_per_page = 50
    fields = (
        "code_in_groups",
        "title",
        "question_set",
        "results",
        "started_at",
        "ends_at",
        "closed_at",
        "delete_after",
    )
    readonly_fields = fields

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description="code", ordering="code")
    def code_in_groups(self, classroom):
        return classroom.code_in_groups

    @admin.display(description="state")
    def state(self, classroom):
        return "Open" if classroom.is_open else "Ended"
