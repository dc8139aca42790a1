"""Tokens and kept answers as the verbs see them; no rule and no SQL stands here."""
