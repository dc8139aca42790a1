"""Grant agreements at work: approvals, reports, decisions, payouts."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0018_self_employed")]

    operations = []
