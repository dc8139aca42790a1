"""Cases of the self-employed, with their papers, waits and payments."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0017_nav")]

    operations = []
