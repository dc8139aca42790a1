"""The loss ledger with its causes, owners and dispensations, and the path by which reports read claims of some days."""

from django.db import migrations, models

MINE = "institution_id = nullif(current_setting('app.institution', true), '')::bigint"
PROMISES = [
    "ALTER TABLE loss ADD CONSTRAINT loss_claim_id_reference FOREIGN KEY (institution_id, claim_id) REFERENCES claim (institution_id, id)",
    "CREATE UNIQUE INDEX loss_key_number ON loss (institution_id, number)",
    "CREATE INDEX loss_path_claim ON loss (institution_id, claim_id) WHERE claim_id IS NOT NULL",
    "ALTER TABLE loss_step ALTER COLUMN position ADD GENERATED ALWAYS AS IDENTITY (START WITH 1)",
    "ALTER TABLE loss_step ADD CONSTRAINT loss_step_loss_id_reference FOREIGN KEY (institution_id, loss_id) REFERENCES loss (institution_id, id)",
    "ALTER TABLE loss_step ADD CONSTRAINT loss_step_step CHECK (step IN ('owned', 'applied', 'granted', 'refused', 'recovered'))",
    "ALTER TABLE loss_step ADD CONSTRAINT loss_step_amount CHECK ((step = 'recovered') = (amount > 0))",
    "ALTER TABLE loss_step ADD CONSTRAINT loss_step_letter CHECK ((step = 'applied') = (letter IS NOT NULL))",
    # What the authority granted or refused stands once; a second answer would be a second application's.
    "CREATE UNIQUE INDEX loss_step_key_granted ON loss_step (institution_id, loss_id) WHERE step = 'granted'",
    "ALTER TABLE loss_step ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE loss_step FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY institution ON loss_step USING ({MINE}) WITH CHECK ({MINE})",
    "CREATE INDEX claim_version_path_first_day ON claim_version (institution_id, first_day)",
]


class Migration(migrations.Migration):
    dependencies = [("store", "0010_matching")]

    operations = [
        migrations.AddField("Loss", "claim_id", models.UUIDField(null=True)),
        # Losses that stand already are numbered in no order; later ones in the order in which they came.
        migrations.RunSQL(
            "ALTER TABLE loss ADD COLUMN number bigint NOT NULL GENERATED ALWAYS AS IDENTITY (START WITH 1)",
            migrations.RunSQL.noop,
            state_operations=[migrations.AddField("Loss", "number", models.BigIntegerField())],
        ),
        migrations.CreateModel(
            name="LossStep",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "loss_id", "position", primary_key=True)),
                ("loss_id", models.UUIDField()),
                ("position", models.BigIntegerField()),
                ("step", models.TextField()),
                ("day", models.DateField()),
                ("by", models.TextField()),
                ("text", models.TextField()),
                ("amount", models.BigIntegerField()),
                ("letter", models.BinaryField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={"db_table": "loss_step"},
        ),
        *(migrations.RunSQL(promise, migrations.RunSQL.noop) for promise in PROMISES),
    ]
