"""Reads of what waits, for screens and the command line; writes nothing."""
