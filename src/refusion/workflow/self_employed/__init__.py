"""The verbs on self-employed persons' cases: open, record, undo, file, read the post, do the day; never which rule holds."""
