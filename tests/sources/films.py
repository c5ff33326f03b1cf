"""Tiny video files that tests write themselves."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

WIDTH_PX, HEIGHT_PX = 64, 48
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def card(width_px: int = WIDTH_PX, height_px: int = HEIGHT_PX) -> np.ndarray:
    """Return a picture whose quarters are red, green (top), blue and white (bottom)."""
    picture = np.zeros((height_px, width_px, 3), np.uint8)
    y, x = height_px // 2, width_px // 2
    picture[:y, :x], picture[:y, x:] = RED, GREEN
    picture[y:, :x], picture[y:, x:] = BLUE, WHITE
    return picture


def noise(n_frames: int, seed: int = 0) -> list[np.ndarray]:
    """Return pictures that do not compress, so that bytes of a file map evenly to time."""
    rng = np.random.default_rng(seed)
    size = (n_frames, HEIGHT_PX, WIDTH_PX, 3)
    return list(rng.integers(0, 256, size, dtype=np.uint8))


def film(
    path: Path,
    pictures: Sequence[np.ndarray],
    *,
    codec: str = "libx264",
    pixels: str = "yuv420p",
    rate_hz: int = 30,
    ticks: Sequence[int] | None = None,
    rotation: int = 0,
    key_every: int = 10,
    sound: bool = False,
    container: dict[str, str] | None = None,
    pixel_aspect: int = 1,
) -> Path:
    """Write a video; ``ticks`` are its frames' times in milliseconds."""
    options = {"preset": "ultrafast"} if codec.startswith("libx264") else {}
    with av.open(str(path), "w", options=container or {}) as out:
        stream = out.add_stream(codec, rate=rate_hz, options=options)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = pixels
        stream.codec_context.gop_size = key_every
        stream.codec_context.max_b_frames = 0
        stream.codec_context.sample_aspect_ratio = pixel_aspect
        if ticks is not None:
            stream.time_base = stream.codec_context.time_base = Fraction(1, 1000)
        if rotation:
            stream.set_display_rotation(rotation)
        voice = out.add_stream("aac", rate=48000) if sound else None
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = number if ticks is None else ticks[number]
            out.mux(stream.encode(frame))
            if voice:
                out.mux(voice.encode(silence(48000 // rate_hz)))
        out.mux(stream.encode())
        if voice:
            out.mux(voice.encode())
    return path


def silence(n_samples: int) -> av.AudioFrame:
    """Return sound without a sound."""
    samples = np.zeros((1, n_samples), np.float32)
    frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
    frame.rate = 48000
    return frame


def sound_file(path: Path) -> Path:
    """Write half a second of sound."""
    with av.open(str(path), "w") as out:
        voice = out.add_stream("aac", rate=48000)
        for _ in range(24):
            out.mux(voice.encode(silence(1024)))
        out.mux(voice.encode())
    return path
