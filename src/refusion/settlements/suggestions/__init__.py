"""Suggestions for what evidence leaves open: scored and explained, for a person to take or not; nothing is matched here."""
