"""Nightly proofs of the books and journal exports."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0011_losses")]

    operations = []
