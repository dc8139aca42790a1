"""One person, one absence, one employer: where the case stands and what may happen next; never how it is stored or shown."""
