"""The case of a self-employed person who is ill: its tracks, what may happen on each and by which day; never how it is stored."""
