"""Truth against results: how accurate formcheck is, measured the same way everywhere."""
