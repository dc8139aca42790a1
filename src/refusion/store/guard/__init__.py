"""Where pay runs, limits and stopped payments lie; knows SQL and no rule."""
