"""What each screen reads: one bounded query or a few per screen, frozen rows out; never writes, never decides."""
