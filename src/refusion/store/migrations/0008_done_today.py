"""A path to the tasks that were done on a day; the work list counts today's, among all that were ever done."""

from django.db import migrations

DONE = "CREATE INDEX task_path_done ON task (institution_id, done_on) WHERE done_on IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("store", "0007_sizes")]
    operations = [migrations.RunSQL(DONE, migrations.RunSQL.noop)]
