"""Agreements on state grants as figures, what counties reported, and what each is paid; never fetches, never pays, never guesses."""
