"""What the twin knows on the other side: its own reading of messages, its own rules and its own sums; never the product's."""
