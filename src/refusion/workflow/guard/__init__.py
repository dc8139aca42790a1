"""Verbs on pay runs, limits and stopped payments; decides nothing that the guard's room or a person decides."""
