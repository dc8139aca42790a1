"""``refusion grants``: agreements computed from files, and agreements at work; never a rule of its own."""
