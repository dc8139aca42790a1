"""Pay runs, limits and stopped payments."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0015_funds")]

    operations = []
