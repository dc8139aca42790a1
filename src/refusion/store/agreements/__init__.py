"""Keeps grant agreements at work: what was opened and every record of its course; never decides anything."""
