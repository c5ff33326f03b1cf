"""Drawings as SVG: shapes and words in shades of grey, escaped here and nowhere else.

What is drawn says everything by shape as well as by shade, so that it prints on any printer. There
is no style, no link and no script in it, so that page and PDF may take it as it stands.
"""

import base64
from collections.abc import Iterable
from html import escape

FONT = "Libertinus Serif, Georgia, serif"
INK, SOFT, LINE, WASH = "#111111", "#555555", "#bbbbbb", "#e4e4e4"


def element(name: str, inner: str = "", /, **attributes: str | float) -> str:
    """Return an element; ``stroke_width`` is written as ``stroke-width``.

    Examples
    --------
    >>> element("circle", cx=1.25, r=2.0, fill="a&b")
    '<circle cx="1.25" r="2" fill="a&amp;b"/>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def words(x: float, y: float, text: str, *, anchor: str = "start", size: float = 12.0) -> str:
    """Return a line of text whose baseline is at ``y``."""
    return element("text", escape(text), x=x, y=y, font_size=size, text_anchor=anchor, fill=INK)


def line(start: tuple[float, float], end: tuple[float, float], **look: str | float) -> str:
    """Return a straight line."""
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **look)


def picture(width: float, height: float, parts: Iterable[str]) -> str:
    """Return the whole drawing; it scales to the room that it is given."""
    return element(
        "svg",
        "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        font_family=FONT,
    )


def photo(jpeg: bytes, width_px: int, height_px: int) -> str:
    """Return a picture, carried inside."""
    data = f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
    image = element("image", href=data, width=width_px, height=height_px)
    return picture(width_px, height_px, [image])


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else f"{round(value, 2):g}"
