"""The loss ledger with its causes and dispensations."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0010_matching")]

    operations = []
