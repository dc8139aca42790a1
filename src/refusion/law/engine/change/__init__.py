"""A change of law before it is switched on: what is proposed and what it would do to worked cases; it never changes the law itself."""
