"""The therapist's review: what is said instead of the machine, and what other numbers would say."""
