"""What we owe an authority goes into the outbox, in the transaction that decided it."""
