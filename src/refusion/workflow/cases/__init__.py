"""Cases opened and what happens to them."""
