"""Settlements: which bank line paid which claim, and why the sums differ; never guesses, never books, never fetches."""
