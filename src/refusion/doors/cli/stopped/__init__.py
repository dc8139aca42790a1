"""``refusion stopped``: pay runs at work, their limits and what is stopped; never decides."""
