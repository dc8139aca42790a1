"""A simulated world of self-employed persons who are ill, with the municipality that answers them; seeded, and judged from outside."""
