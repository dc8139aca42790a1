"""``refusion guard``: holds a pay run against its limits before the bank has it; never pays and never needs the database."""
