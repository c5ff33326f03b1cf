"""How large a pose engine's errors are: the numbers of ``formcheck.simulation.landmark_noise``.

From rendered people, whose truth is known, come bias, offsets, wander, lag and what happens in
space. From recordings of real people, whose truth is not known, comes what shows without it:
jitter, visibility, swaps of left and right, and dropouts. ``python -m
formcheck.evaluation.noise_fit`` does it all.
"""
