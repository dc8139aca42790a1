"""What we ask for, what we expect and why: notifications, claims, their contents and their order; never how they travel."""
