"""Codes that stood readable in django-otp's table go on working, as hashes, and are readable nowhere."""

from django.contrib.auth.hashers import make_password
from django.db import migrations


def hash_the_codes(apps, schema_editor):
    alias = schema_editor.connection.alias
    tokens = apps.get_model("otp_static", "StaticToken").objects.using(alias)
    codes = apps.get_model("staff", "RecoveryCode").objects.using(alias)
    # A fifth of a second for each: nothing is written before all are ready, so nobody waits for that.
    hashes = [(pk, device, make_password(token)) for pk, device, token in tokens.values_list("pk", "device", "token")]
    codes.bulk_create(codes.model(device_id=device, hash=each) for _, device, each in hashes)
    tokens.filter(pk__in=[pk for pk, *_ in hashes]).delete()


class Migration(migrations.Migration):
    dependencies = [("staff", "0005_keep_recovery_codes_as_hashes")]

    # There is no way back from a hash.
    operations = [migrations.RunPython(hash_the_codes, migrations.RunPython.noop)]
