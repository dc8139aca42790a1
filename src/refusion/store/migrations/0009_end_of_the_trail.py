"""One question asks for the end of an institution's trail and keeps others from writing behind it."""

from django.db import migrations

# Each statement in it looks anew, so the line is read after the lock is held.
TRAIL_END = """
CREATE FUNCTION hold_end_of_trail(institution bigint) RETURNS TABLE (last_sequence bigint, last_hash bytea)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(1096107077, institution::int);
    RETURN QUERY SELECT sequence::bigint, hash FROM audit_entry WHERE institution_id = institution ORDER BY sequence DESC LIMIT 1;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0008_done_today")]

    operations = [migrations.RunSQL(TRAIL_END, "DROP FUNCTION hold_end_of_trail(bigint)")]
