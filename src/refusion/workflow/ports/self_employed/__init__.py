"""What the verbs on self-employed persons' cases need from outside; never how it is done."""
