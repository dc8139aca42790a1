"""What proves the books and carries them out of the house, as the verbs see it; no rule and no SQL stands here."""
