"""Tokens, kept answers and failed log-ins, kept and read; decides nobody's rights."""
