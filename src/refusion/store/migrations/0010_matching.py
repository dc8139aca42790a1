"""Matches that people make, split, join and undo."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0009_end_of_the_trail")]

    operations = []
