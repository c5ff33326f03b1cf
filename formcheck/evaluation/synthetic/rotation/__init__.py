"""How well one camera sees the turn of the trunk: ways to measure it, against the truth."""
