"""NAV's side of the twin, by its own reading of the rules; shares no rule, rate or reading with the product."""
