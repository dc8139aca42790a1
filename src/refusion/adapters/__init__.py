"""The outside parties, one folder each: turns our words into theirs and back; never touches the database, never decides."""
