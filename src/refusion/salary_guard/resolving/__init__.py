"""How a stopped payment comes to its end: states, postings, four eyes, the window of a manual stop; never does any of it."""
