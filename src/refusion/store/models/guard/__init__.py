"""The tables of pay runs, their limits and what became of their payments; holds no rule."""
