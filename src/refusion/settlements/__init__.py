"""Settlements: what money paid which claim, why sums differ, what the rest may be for; never guesses, never books, never fetches."""
