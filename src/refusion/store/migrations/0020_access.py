"""Who comes in by machine and who is kept out: tokens, answers kept for the second time a request comes, failed log-ins."""

from django.db import migrations, models

MINE = "institution_id = nullif(current_setting('app.institution', true), '')::bigint"
TABLES = ("api_token", "api_answer")
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
    "CREATE UNIQUE INDEX api_token_key ON api_token (institution_id, number)",
    # A name says who acted, so no two tokens that work share one.
    "CREATE UNIQUE INDEX api_token_name ON api_token (institution_id, name) WHERE withdrawn_at IS NULL",
    "ALTER TABLE api_token ADD CONSTRAINT api_token_hashed CHECK (octet_length(secret_hash) = 32)",
    "ALTER TABLE api_token ADD CONSTRAINT api_token_one_end CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))",
    # Nobody approves what he made, and what was approved is what was made.
    "ALTER TABLE api_token ADD CONSTRAINT api_token_four_eyes CHECK (approved_at IS NULL AND approved_by IS NULL "
    "AND approved_hash IS NULL OR approved_at IS NOT NULL AND approved_by IS NOT NULL AND approved_by <> made_by "
    "AND approved_hash IS NOT DISTINCT FROM content_hash)",
    "CREATE TRIGGER once BEFORE UPDATE ON api_token FOR EACH ROW WHEN (OLD.approved_at IS NOT NULL AND "
    "OLD.approved_at IS DISTINCT FROM NEW.approved_at) EXECUTE FUNCTION refuse_second_time('approved_at')",
    "CREATE TRIGGER once_withdrawn BEFORE UPDATE ON api_token FOR EACH ROW WHEN (OLD.withdrawn_at IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('withdrawn_at')",
    # An answer is given once; it goes with its row, never to be another.
    "CREATE TRIGGER once BEFORE UPDATE ON api_answer FOR EACH ROW WHEN (OLD.status IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('status')",
    "CREATE INDEX api_answer_path ON api_answer (institution_id, made_on)",
]


class Migration(migrations.Migration):
    dependencies = [("store", "0019_grants")]

    operations = [
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("number", models.IntegerField()),
                ("name", models.TextField()),
                ("scopes", models.JSONField()),
                ("secret_hash", models.BinaryField()),
                ("valid_until", models.DateField()),
                ("by_two", models.BooleanField()),
                ("content_hash", models.TextField()),
                ("made_by", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("approved_by", models.TextField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_hash", models.TextField(null=True)),
                ("withdrawn_by", models.TextField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("last_used_on", models.DateField(null=True)),
            ],
            options={"db_table": "api_token"},
        ),
        migrations.CreateModel(
            name="ApiAnswer",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "actor", "key", primary_key=True)),
                ("actor", models.TextField()),
                ("key", models.TextField()),
                ("request_hash", models.TextField()),
                ("made_on", models.DateField()),
                ("status", models.IntegerField(null=True)),
                ("sealed_body", models.BinaryField(null=True)),
            ],
            options={"db_table": "api_answer"},
        ),
        migrations.CreateModel(
            name="LogInAttempt",
            fields=[
                ("subject", models.TextField(primary_key=True)),
                ("failures", models.IntegerField()),
                ("last_at", models.DateTimeField()),
                ("closed_until", models.DateTimeField(null=True)),
                ("came_in_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "log_in_attempt"},
        ),
        migrations.RunSQL([*FORCED, *PROMISES], migrations.RunSQL.noop),
    ]
