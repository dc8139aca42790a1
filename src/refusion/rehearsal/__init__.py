"""The simulated world: demo institutions, seeded chance and the host of the twins; never used for a real authority."""
