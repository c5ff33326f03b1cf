"""How a body does each exercise: from a few named values to a posture that touches the floor."""
