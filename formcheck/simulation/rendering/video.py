"""Writing pictures to a video file that every player and browser plays."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from formcheck.errors import OutputError

# Of a file whose pictures come unevenly [s]: as fine as a webcam's clock.
_TICK_S = Fraction(1, 1000)


def write_video(
    path: Path,
    pictures: Iterable[NDArray[np.uint8]],
    fps: float,
    crf: int,
    times_s: Sequence[float] | None = None,
) -> int:
    """Write pictures as H.264 with its index at the beginning; return how many.

    Parameters
    ----------
    path
        Of the .mp4 file.
    pictures
        Red, green and blue, shape (height, width, 3), all of one size.
    fps
        Frames a second, on average [Hz].
    crf
        Quality: lower is better and larger.
    times_s
        When each picture was taken [s], rising, as many as there are pictures; None if the same
        time lies between all of them.
    """
    count = 0
    try:
        with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
            stream = container.add_stream("libx264", Fraction(fps).limit_denominator(1000))
            stream.pix_fmt = "yuv420p"
            stream.options = {"crf": str(crf), "preset": "slow"}
            if times_s is not None:
                stream.codec_context.time_base = _TICK_S
            for picture in pictures:
                if not count:
                    stream.height, stream.width = picture.shape[:2]
                frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")
                if times_s is not None:
                    frame.pts, frame.time_base = round(times_s[count] / _TICK_S), _TICK_S
                container.mux(stream.encode(frame))
                count += 1
            container.mux(stream.encode())
    except OSError as error:
        raise OutputError(f"Could not write the video {path}: {error}.") from error
    return count
