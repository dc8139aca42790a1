"""The door for tables: text columns read into exact whole numbers, bad rows told apart; the only room of law that knows Arrow."""
