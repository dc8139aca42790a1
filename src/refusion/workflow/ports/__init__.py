"""What the verbs need from outside, as Protocols that store and adapters implement and wiring fills."""
