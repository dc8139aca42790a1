"""The one Django app: tables, rights, and what the verbs ask of them; the only room that knows SQL, never one that decides."""
