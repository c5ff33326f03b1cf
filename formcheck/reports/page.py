"""One self-contained page: the video, the timeline, the curve and every finding.

Nothing on it is loaded from anywhere: style, script and video are inside, and its policy
forbids the browser to fetch anything. It can be kept, mailed and opened without formcheck.
"""

import base64
from pathlib import Path
from urllib.parse import quote

from formcheck.analysis.curve import Curve
from formcheck.errors import OutputError
from formcheck.files import atomic_path
from formcheck.reports.amounts import number, reading
from formcheck.reports.chart import CURVE_HEIGHT, WIDTH, build_chart
from formcheck.reports.result import Result
from formcheck.reports.timeline_words import SEGMENT_WORDS, clock, how_much
from formcheck.reports.turn_words import WHAT_TURNS_ARE
from formcheck.reports.words import (
    abstentions_in_words,
    how_far,
    jumps_in_words,
    plural,
    what_was_done,
)
from formcheck.templating import environment

LARGEST_EMBEDDED_BYTES = 48 * 1024 * 1024
LANES = ("done", "attempt", "error", "advice", "unseen")


def write_page(path: Path, result: Result, curve: Curve, video: Path | None) -> None:
    """Write the page of one result.

    Parameters
    ----------
    video
        The annotated video; it is put inside where it is not too large and the disk has room for
        it twice, else linked to.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    try:
        _write(path, render_page(result, curve, video))
    except OutputError:
        if video is None:
            raise
        _write(path, render_page(result, curve, video, largest_embedded_bytes=0))


def _write(path: Path, html: str) -> None:
    with atomic_path(path) as temporary:
        temporary.write_text(html, encoding="utf-8")


def render_page(
    result: Result,
    curve: Curve,
    video: Path | None,
    *,
    largest_embedded_bytes: int = LARGEST_EMBEDDED_BYTES,
) -> str:
    """Return the page as HTML."""
    templates = environment("formcheck.reports", autoescape=True)
    templates.filters["words"] = lambda name: str(name).replace("_", " ")
    templates.filters["number"] = number
    templates.filters["reading"] = reading
    templates.filters["how_far"] = how_far
    templates.filters["how_much"] = how_much
    templates.filters["what_was_done"] = what_was_done
    templates.filters["clock"] = clock
    template = templates.get_template("page.html.j2")
    chart = build_chart(result, curve)
    lanes = {lane for lane in LANES if any(block.lane == lane for block in chart.blocks)}
    return template.render(
        result=result,
        curve=curve,
        chart=chart,
        lanes=[lane for lane in LANES if lane in lanes],
        width=WIDTH,
        height=CURVE_HEIGHT,
        done=what_was_done(result),
        abstentions=abstentions_in_words(result) + jumps_in_words(result),
        plural=plural,
        what_turns_are=WHAT_TURNS_ARE,
        segment_words=SEGMENT_WORDS,
        **_video(video, largest_embedded_bytes),
    )


def _video(video: Path | None, largest_embedded_bytes: int) -> dict[str, str | None]:
    """Return the video as what the page's player takes."""
    if video is None or not video.is_file():
        return {"video_data": None, "video_link": None, "video_name": None}
    if video.stat().st_size > largest_embedded_bytes:
        return {"video_data": None, "video_link": quote(video.name), "video_name": video.name}
    encoded = base64.b64encode(video.read_bytes()).decode()
    data = f"data:video/mp4;base64,{encoded}"
    return {"video_data": data, "video_link": None, "video_name": video.name}
