"""What others put on their page to show one of ours: a frame, as a line of HTML to copy."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html

# Pixels. In a column as wide as this the longest embed of a role is about as high as its frame; what is longer
# scrolls inside, and pages that read the height that an embed tells them need no number at all.
WIDTH = 640
ROLE_HEIGHT = 1360
COMPARISON_HEIGHT = 1420

# Scripts, for the height; windows, for the links. Nothing else is needed, so the page around it gives nothing else.
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"


@dataclass(frozen=True)
class Frame:
    """An embed: the path of the page in the frame, that of the whole page it stands for, and how high it is."""

    path: str
    whole_page: str
    height: int

    def html(self, site_url, title, width="100%", height=None):
        """The frame as HTML, for a page of another site. `frameborder` is old; learning platforms keep no style."""
        return format_html(
            '<iframe src="{}{}" title="{}" width="{}" height="{}" frameborder="0" loading="lazy" sandbox="{}">'
            "</iframe>",
            *(site_url, self.path, title, width, height or self.height, SANDBOX),
        )


def frame_of_role(slug):
    return Frame(reverse("careers:embed-role", args=[slug]), reverse("careers:role", args=[slug]), ROLE_HEIGHT)


def frame_of_comparison(slugs):
    """`slugs` in the order of the columns."""
    asked = {"role": list(slugs)}
    return Frame(
        reverse("careers:embed-compare", query=asked), reverse("careers:compare", query=asked), COMPARISON_HEIGHT
    )


def comparison_title(roles, label):
    return " / ".join(role.short_title for role in roles) + label("compare-title", ": roles compared")
