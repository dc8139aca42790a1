"""``refusion self-employed``: the guide that needs no database, and the cases that do."""
