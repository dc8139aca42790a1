"""How the house runs for days: pages served, work done by itself, one process at a time for an institution."""
