"""What a foreign file is called: for people to read, and never a path."""

import unicodedata
from pathlib import Path

LONGEST = 120
UNNAMED = "recording"


def shown_name(name: str) -> str:
    r"""Return the last part of a name without anything that is not to be seen.

    Control characters go, and those that turn the direction of writing: with them a name shows
    another ending than it has.

    Examples
    --------
    >>> shown_name("../../etc/squat.mp4"), shown_name("C:\\films\\squat.mp4")
    ('squat.mp4', 'squat.mp4')
    >>> shown_name("squat" + chr(0x202E) + "4pm.exe" + chr(0))
    'squat4pm.exe'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C"))
    seen = seen.strip()
    if seen in {"", ".", ".."}:
        return UNNAMED
    return seen if len(seen) <= LONGEST else f"{seen[: LONGEST // 2]}...{seen[-LONGEST // 3 :]}"


def in_words(error: Exception, path: Path, name: str) -> str:
    """Return what went wrong with a recording, by the name that people know it by."""
    return str(error).replace(str(path), name).replace(path.name, name)
