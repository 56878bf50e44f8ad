import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0002_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="SourceCheck",
            fields=[
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="last_check",
                        serialize=False,
                        to="editorial.source",
                    ),
                ),
                ("asked", models.URLField(max_length=400, verbose_name="address that was asked")),
                ("checked_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reachable", "Reachable"),
                            ("moved", "Moved for good"),
                            ("refused", "Refuses programs"),
                            ("gone", "Gone"),
                            ("unreachable", "Unreachable"),
                            ("not-allowed", "Not asked: not a public address"),
                        ],
                        max_length=12,
                        verbose_name="last check",
                    ),
                ),
                (
                    "status",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="The last HTTP status; none when no server answered.", null=True
                    ),
                ),
                (
                    "final_url",
                    models.CharField(
                        blank=True,
                        help_text="After all redirects that were followed.",
                        max_length=2000,
                        verbose_name="address that answered",
                    ),
                ),
                ("detail", models.TextField(help_text="The outcome in a sentence.")),
                ("failures", models.PositiveSmallIntegerField(default=0, verbose_name="failed checks in a row")),
                (
                    "failed_since",
                    models.DateTimeField(blank=True, null=True, verbose_name="first failed check of the row"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["reachable", "moved", "refused", "gone", "unreachable", "not-allowed"])
                        ),
                        name="sourcecheck_outcome_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("failed_since__isnull", True), ("failures", 0)),
                            models.Q(("failed_since__isnull", False), ("failures__gt", 0)),
                            _connector="OR",
                        ),
                        name="sourcecheck_dates_its_failures",
                    ),
                ],
            },
        ),
    ]
