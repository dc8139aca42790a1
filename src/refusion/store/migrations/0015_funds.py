"""Claims on the state's own funds by quarter."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0014_waits")]

    operations = []
