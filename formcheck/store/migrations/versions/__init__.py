"""One module a schema; what has been released is not changed any more."""
