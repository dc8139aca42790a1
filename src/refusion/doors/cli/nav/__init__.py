"""The verbs of ``refusion nav``: parse, call one verb of the house, render; they decide nothing."""
