"""Made-up pay runs with a seed, clean or with labelled errors, for trying the salary guard; never for paying anybody."""
