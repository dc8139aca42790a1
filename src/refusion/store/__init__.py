"""The one Django app: tables, who may do what to them, and what the verbs ask of them; the only room that knows SQL, never one that decides."""
