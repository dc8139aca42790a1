"""Keeps what speaks for matches and what people do about lines; never decides what belongs together."""
