"""Whether the outline of the back tells how the spine is bent, and better than landmarks do.

    python -m benchmarks.back_curve [--people 8] [--cache FOLDER] [--name NAME]

Rendered people, in tight and in loose clothes, seen from the side, go from posture to posture in
which the spine and the head are bent independently of each other. The true angles are known. What
the outline and what the landmarks say is fitted on half of the people and tested on the other half.
"""
