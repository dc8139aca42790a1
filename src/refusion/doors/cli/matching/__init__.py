"""``refusion match``: what lies open between bank and claims, and what a person does about it; never decides."""
