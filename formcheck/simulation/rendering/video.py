"""Writing pictures to a video file that every player and browser plays."""

from collections.abc import Iterable
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from formcheck.errors import OutputError


def write_video(path: Path, pictures: Iterable[NDArray[np.uint8]], fps: int, crf: int) -> int:
    """Write pictures as H.264 with its index at the beginning; return how many.

    Parameters
    ----------
    path
        Of the .mp4 file.
    pictures
        Red, green and blue, shape (height, width, 3), all of one size.
    fps
        Frames a second [Hz].
    crf
        Quality: lower is better and larger.
    """
    count = 0
    try:
        with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
            stream = container.add_stream("libx264", fps)
            stream.pix_fmt = "yuv420p"
            stream.options = {"crf": str(crf), "preset": "slow"}
            for picture in pictures:
                if not count:
                    stream.height, stream.width = picture.shape[:2]
                frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), "rgb24")
                container.mux(stream.encode(frame))
                count += 1
            container.mux(stream.encode())
    except OSError as error:
        raise OutputError(f"Could not write the video {path}: {error}.") from error
    return count
