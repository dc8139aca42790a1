"""Income notices, Norwegian claims, settlement reports, runs and reconciliation with NAV."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0016_stopped_payments")]

    operations = []
