"""The verbs of ``refusion books``: parse, call one verb of the house, render; they decide nothing."""
