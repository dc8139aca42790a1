"""Verbs for who runs an installation: serve, work, prepare the database, check; never anything about a case."""
