"""What a pose engine makes of a simulated person: exact landmarks in, erring ones out.

The errors have the parts that MediaPipe's have. Each landmark has a bias of its own (the engine's
shoulder is not the anatomist's) that goes along with the body, an offset that stays for a whole
clip, a wander that comes and goes smoothly, and a jitter from frame to frame; on the side that is
hidden they are larger and the visibility is lower. Left and right change places now and then,
the person is lost now and then, everything lags, and in space the depth is flattened.

The numbers are in ``fitted.json``; ``python -m formcheck.evaluation.noise_fit`` writes them, and
``docs/landmark-noise.md``, which says how well errors made with them resemble the engine's.
"""

from formcheck.simulation.landmark_noise.model import LandmarkNoise
from formcheck.simulation.landmark_noise.numbers import NoiseNumbers

__all__ = ["LandmarkNoise", "NoiseNumbers"]
