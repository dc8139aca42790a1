"""Pay runs, limits and stopped payments as the verbs see them; no rule and no SQL stands here."""
