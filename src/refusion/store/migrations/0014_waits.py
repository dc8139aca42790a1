"""Waits, escalations and municipal stops."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0013_stages")]

    operations = []
