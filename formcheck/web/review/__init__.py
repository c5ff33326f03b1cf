"""The therapist's pages: who exercises here, what was seen of them, and what is said about it."""
