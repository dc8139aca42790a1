"""Matches that people make and undo, everything that files tell of a line, payment specifications, parked lines, write-offs."""

from django.db import migrations, models

CURRENT = "nullif(current_setting('app.institution', true), '')::bigint"
MINE = f"institution_id = {CURRENT}"
OWN_MANDATE = "mandate_id IN (SELECT owned.mandate_id FROM mandate_owner AS owned)"
BOUND = ("matched_part", "payment_part", "parked_line", "write_off")
FORCED = [
    statement
    for table in (*BOUND, "line_telling")
    for statement in (f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
] + [
    statement
    for table in BOUND
    for statement in (
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_institution_reference FOREIGN KEY (institution_id) REFERENCES institution",
        f"CREATE POLICY institution ON {table} USING ({MINE}) WITH CHECK ({MINE})",
    )
]
PROMISES = [
    # A match is undone once, wholly, and by an entry of the same line, claim and decision; an undoing is never undone.
    "ALTER TABLE bank_match ADD CONSTRAINT bank_match_undoes_id_reference FOREIGN KEY (institution_id, undoes_id) "
    "REFERENCES bank_match (institution_id, id)",
    "CREATE UNIQUE INDEX bank_match_key_undoes ON bank_match (institution_id, undoes_id) WHERE undoes_id IS NOT NULL",
    """
    CREATE FUNCTION require_undoing() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM bank_match AS made WHERE made.institution_id = NEW.institution_id AND made.id = NEW.undoes_id
            AND made.undoes_id IS NULL AND made.line_id = NEW.line_id AND made.claim_id = NEW.claim_id
            AND made.decision_id IS NOT DISTINCT FROM NEW.decision_id AND made.amount = -NEW.amount)
        THEN
            RAISE EXCEPTION 'match % does not take back %', NEW.id, NEW.undoes_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'bank_match_undoing';
        END IF;
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER undoing BEFORE INSERT ON bank_match FOR EACH ROW WHEN (NEW.undoes_id IS NOT NULL) "
    "EXECUTE FUNCTION require_undoing()",
    "ALTER TABLE matched_part ADD CONSTRAINT matched_part_match_id_reference FOREIGN KEY (institution_id, match_id) "
    "REFERENCES bank_match (institution_id, id)",
    "CREATE INDEX matched_part_path_part ON matched_part (institution_id, part_id)",
    "ALTER TABLE payment_part ADD CONSTRAINT payment_part_file_id_reference FOREIGN KEY (institution_id, file_id) "
    "REFERENCES raw_file (institution_id, id)",
    "ALTER TABLE payment_part ADD CONSTRAINT payment_part_period CHECK "
    "((first_day IS NULL) = (last_day IS NULL) AND last_day >= first_day)",
    # A line's tellings go where the line goes: to the institution of its account, or to the mandate's tray.
    "ALTER TABLE line_telling ADD CONSTRAINT line_telling_line_id_reference FOREIGN KEY (line_id) REFERENCES bank_line (id)",
    f"CREATE POLICY seen ON line_telling FOR SELECT USING ({MINE} OR (institution_id IS NULL AND {OWN_MANDATE}))",
    f"""CREATE POLICY kept ON line_telling FOR INSERT WITH CHECK (
        received_by_id = {CURRENT} AND {OWN_MANDATE} AND (institution_id IS NULL OR EXISTS (
            SELECT 1 FROM mandate_account AS place WHERE place.mandate_id = line_telling.mandate_id
            AND place.institution_id = line_telling.institution_id)))""",
    "ALTER TABLE parked_line ALTER COLUMN position ADD GENERATED ALWAYS AS IDENTITY (START WITH 1)",
    "ALTER TABLE parked_line ADD CONSTRAINT parked_line_line_id_reference FOREIGN KEY (institution_id, line_id) "
    "REFERENCES bank_line (institution_id, id)",
    "ALTER TABLE write_off ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (START WITH 1)",
    "CREATE UNIQUE INDEX write_off_key_number ON write_off (institution_id, number)",
    "ALTER TABLE write_off ADD CONSTRAINT write_off_claim_id_reference FOREIGN KEY (institution_id, claim_id) "
    "REFERENCES claim (institution_id, id)",
    "ALTER TABLE write_off ADD CONSTRAINT write_off_line_id_reference FOREIGN KEY (institution_id, line_id) "
    "REFERENCES bank_line (institution_id, id)",
    "ALTER TABLE write_off ADD CONSTRAINT write_off_subject CHECK ((claim_id IS NULL) <> (line_id IS NULL) AND amount <> 0)",
    "CREATE UNIQUE INDEX write_off_key_open_claim ON write_off (institution_id, claim_id) WHERE outcome IS NULL AND claim_id IS NOT NULL",
    "CREATE UNIQUE INDEX write_off_key_open_line ON write_off (institution_id, line_id) WHERE outcome IS NULL AND line_id IS NOT NULL",
    "CREATE INDEX write_off_path_line ON write_off (institution_id, line_id) WHERE line_id IS NOT NULL AND outcome = 'approved'",
    "ALTER TABLE write_off ADD CONSTRAINT write_off_outcome CHECK (outcome IN ('approved', 'withdrawn'))",
    "ALTER TABLE write_off ADD CONSTRAINT write_off_decided CHECK "
    "((outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL))",
    # Four eyes: whoever proposed does not approve, and what is approved is what was proposed.
    "ALTER TABLE write_off ADD CONSTRAINT write_off_four_eyes CHECK "
    "(outcome IS DISTINCT FROM 'approved' OR (decided_by <> proposed_by AND decided_hash IS NOT DISTINCT FROM content_hash))",
    "CREATE TRIGGER once BEFORE UPDATE ON write_off FOR EACH ROW WHEN (OLD.outcome IS NOT NULL) "
    "EXECUTE FUNCTION refuse_second_time('outcome')",
]


class Migration(migrations.Migration):
    dependencies = [("store", "0009_end_of_the_trail")]

    operations = [
        migrations.AddField("BankMatch", "by", models.TextField(db_default="")),
        migrations.AddField("BankMatch", "note", models.TextField(db_default="")),
        migrations.AddField("BankMatch", "undoes_id", models.UUIDField(null=True)),
        migrations.CreateModel(
            name="MatchedPart",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "match_id", "part_id", primary_key=True)),
                ("match_id", models.UUIDField()),
                ("part_id", models.UUIDField()),
            ],
            options={"db_table": "matched_part"},
        ),
        migrations.CreateModel(
            name="PaymentPart",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("payment", models.TextField()),
                ("payer", models.TextField()),
                ("pays_on", models.DateField(null=True)),
                ("amount", models.BigIntegerField()),
                ("told", models.JSONField()),
                ("person_id", models.UUIDField(null=True)),
                ("first_day", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("file_id", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={"db_table": "payment_part"},
        ),
        migrations.CreateModel(
            name="LineTelling",
            fields=[
                ("pk", models.CompositePrimaryKey("line_id", "digest", primary_key=True)),
                ("line_id", models.UUIDField()),
                ("digest", models.TextField()),
                ("mandate_id", models.UUIDField()),
                ("institution_id", models.BigIntegerField(null=True)),
                ("received_by_id", models.BigIntegerField()),
                ("payer", models.TextField()),
                ("text", models.TextField()),
                ("details", models.JSONField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={"db_table": "line_telling"},
        ),
        migrations.CreateModel(
            name="ParkedLine",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("position", models.BigIntegerField()),
                ("line_id", models.UUIDField()),
                ("reason", models.TextField()),
                ("until", models.DateField()),
                ("by", models.TextField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={"db_table": "parked_line"},
        ),
        migrations.CreateModel(
            name="WriteOff",
            fields=[
                ("institution_id", models.BigIntegerField()),
                ("pk", models.CompositePrimaryKey("institution_id", "id", primary_key=True)),
                ("id", models.UUIDField()),
                ("number", models.BigIntegerField()),
                ("claim_id", models.UUIDField(null=True)),
                ("line_id", models.UUIDField(null=True)),
                ("amount", models.BigIntegerField()),
                ("reason", models.TextField()),
                ("content_hash", models.TextField()),
                ("proposed_by", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("outcome", models.TextField(null=True)),
                ("decided_by", models.TextField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_hash", models.TextField(null=True)),
            ],
            options={"db_table": "write_off"},
        ),
        migrations.RunSQL([*FORCED, *PROMISES], migrations.RunSQL.noop),
    ]
