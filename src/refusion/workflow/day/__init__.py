"""A day of the house, step by step, each step repeatable."""
