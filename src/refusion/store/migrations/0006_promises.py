"""What the database itself refuses: unbalanced books, a changed version, a broken trail."""

from django.db import migrations

BALANCED = """
CREATE FUNCTION require_balanced() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    found integer;
    total numeric;
BEGIN
    SELECT count(*), coalesce(sum(amount), 0) INTO found, total FROM posting
    WHERE institution_id = NEW.institution_id AND transaction_id = NEW.id;
    IF found = 0 OR found <> NEW.postings OR total <> 0 THEN
        RAISE EXCEPTION 'ledger transaction % has % postings of % that sum to %', NEW.id, found, NEW.postings, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_transaction_balanced';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger_transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_balanced();
"""
# The deferred check runs in the transaction that makes the entry; this one keeps later postings away from it.
CLOSED = """
CREATE FUNCTION require_whole() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT institution_id, transaction_id FROM added) AS touched
        JOIN ledger_transaction AS entry
            ON entry.institution_id = touched.institution_id AND entry.id = touched.transaction_id
        WHERE entry.postings < (SELECT count(*) FROM posting AS line WHERE line.institution_id = entry.institution_id
            AND line.transaction_id = entry.id)
    ) THEN
        RAISE EXCEPTION 'a ledger transaction takes no further postings'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_transaction_closed';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER closed AFTER INSERT ON posting REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION require_whole();
"""
FIXED = """
CREATE FUNCTION refuse_change_of_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'version % of claim % is fixed', OLD.version, OLD.claim_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_version_fixed';
END $$;
CREATE TRIGGER fixed BEFORE UPDATE ON claim_version
    FOR EACH ROW WHEN (OLD.fixed_at IS NOT NULL) EXECUTE FUNCTION refuse_change_of_fixed();
"""
ONCE = """
CREATE FUNCTION refuse_second_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% was set once already', TG_ARGV[0] USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0];
END $$;
CREATE TRIGGER once BEFORE UPDATE ON employment_version
    FOR EACH ROW WHEN (OLD.superseded_at IS NOT NULL) EXECUTE FUNCTION refuse_second_time('superseded_at');
CREATE TRIGGER once BEFORE UPDATE ON pay_version
    FOR EACH ROW WHEN (OLD.superseded_at IS NOT NULL) EXECUTE FUNCTION refuse_second_time('superseded_at');
CREATE TRIGGER once BEFORE UPDATE ON absence_version
    FOR EACH ROW WHEN (OLD.superseded_at IS NOT NULL) EXECUTE FUNCTION refuse_second_time('superseded_at');
CREATE TRIGGER once BEFORE UPDATE ON filing_attempt
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION refuse_second_time('ended_at');
"""
CHAINED = """
CREATE FUNCTION require_chained() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    before audit_entry;
BEGIN
    SELECT * INTO before FROM audit_entry WHERE institution_id = NEW.institution_id ORDER BY sequence DESC LIMIT 1;
    IF NEW.sequence <> coalesce(before.sequence, 0) + 1 OR NEW.previous_hash <> coalesce(before.hash, ''::bytea) THEN
        RAISE EXCEPTION 'audit entry % does not follow the last one', NEW.sequence
            USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_entry_chained';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER chained BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION require_chained();
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0005_policies")]
    operations = [migrations.RunSQL(text, migrations.RunSQL.noop) for text in (BALANCED, CLOSED, FIXED, ONCE, CHAINED)]
