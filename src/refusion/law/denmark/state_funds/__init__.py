"""The state's funds between institutions: what Barselsfonden refunds, and what the funds charge; never who belongs to them."""
