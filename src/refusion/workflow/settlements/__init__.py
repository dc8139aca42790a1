"""Decisions and bank lines in, matched with claims and posted."""
