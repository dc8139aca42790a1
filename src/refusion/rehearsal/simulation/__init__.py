"""Years of institutions with every kind of event and fault, lived with the real house; never a story with a known ending."""
