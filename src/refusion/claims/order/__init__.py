"""The order of messages on one absence, as NemRefusion asks it; never what stands in a message."""
