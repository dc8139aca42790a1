"""Keeps the cases of self-employed persons, sealed where they tell of a person; decides nothing."""
