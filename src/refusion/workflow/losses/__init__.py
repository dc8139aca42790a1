"""Losses learned, followed and excused, and history swept for what nobody claimed; never decides what the law gives."""
