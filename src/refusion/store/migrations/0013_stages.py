"""Kinds switched on by stage, cases that are a pilot's, and decisions on what other systems of the employer filed."""

from django.db import migrations, models

MINE = "institution_id = nullif(current_setting('app.institution', true), '')::bigint"
TABLES = ("kind_stage", "other_decision")
FORCED = [
    statement
    for table in TABLES
    for statement in (
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_institution_reference FOREIGN KEY (institution_id) REFERENCES institution",
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY institution ON {table} USING ({MINE}) WITH CHECK ({MINE})",
    )
]
PROMISES = [
    "ALTER TABLE kind_stage ALTER COLUMN position ADD GENERATED ALWAYS AS IDENTITY (START WITH 1)",
    "ALTER TABLE kind_stage ADD CONSTRAINT kind_stage_stage CHECK (stage IN ('off', 'pilot', 'live'))",
    "ALTER TABLE other_decision ADD CONSTRAINT other_decision_period CHECK (last_day >= first_day)",
    # Nothing of a pilot stands with the authority.
    "ALTER TABLE refund_case ADD CONSTRAINT refund_case_pilot_unfiled CHECK (NOT pilot OR authority_id IS NULL)",
    "CREATE INDEX refund_case_path_pilot ON refund_case (institution_id, kind) WHERE pilot",
]


class Migration(migrations.Migration):
    dependencies = [("store", "0012_certificates")]

    operations = [
        migrations.CreateModel(
            name="KindStage",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "position", primary_key=True)),
                ("position", models.BigIntegerField()),
                ("kind", models.TextField()),
                ("since", models.DateField()),
                ("stage", models.TextField()),
                ("codes", models.JSONField()),
                ("set_by", models.TextField()),
                ("set_at", models.DateTimeField()),
            ],
            options={"db_table": "kind_stage"},
        ),
        migrations.CreateModel(
            name="OtherDecision",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "decision_id", primary_key=True)),
                ("decision_id", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("refund", models.BigIntegerField()),
                ("supplement", models.BigIntegerField()),
                ("decided_on", models.DateField()),
                ("revises", models.TextField(null=True)),
                ("learned_at", models.DateTimeField()),
            ],
            options={"db_table": "other_decision"},
        ),
        migrations.AddField("RefundCase", "pilot", models.BooleanField(default=False)),
        migrations.RunSQL("; ".join(FORCED + PROMISES), migrations.RunSQL.noop),
    ]
