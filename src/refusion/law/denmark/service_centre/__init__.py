"""The state service centre's own deadlines, earlier than the law's: a second layer that never takes a right away by itself."""
