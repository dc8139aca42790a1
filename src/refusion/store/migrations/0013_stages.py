"""Kinds switched on by stage, and the kinds beyond sickness."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0012_certificates")]

    operations = []
