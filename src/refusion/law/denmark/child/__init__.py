"""Refund while a parent looks after a seriously ill child (barselsloven § 26): who and for how long; the amount is that of leave."""
