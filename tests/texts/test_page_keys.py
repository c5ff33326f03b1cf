"""What the page asks for by name is there."""

import re
from importlib import resources

from formcheck.texts.language_file import read

ENGLISH = read("en")
_KEY = re.compile(r"""["']([a-z_]+(?:\.[a-z0-9_]+)+)["']""")
_GROUP = re.compile(r"`([a-z_]+(?:\.[a-z0-9_]+)*)\.\$\{")


def test_every_key_of_the_page_exists():
    """What the page asks for by name is there, and so is each group that it chooses from."""
    keys, groups = _of_the_page()
    assert keys
    assert sorted(keys - ENGLISH.keys()) == []
    assert (
        sorted(group for group in groups if not any(key.startswith(f"{group}.") for key in ENGLISH))
        == []
    )


def _of_the_page() -> tuple[set[str], set[str]]:
    """Return the keys in the page's files, and the groups to which it adds a code."""
    static = resources.files("formcheck.web") / "static"
    with resources.as_file(static) as folder:
        files = [file for file in folder.rglob("*") if file.suffix in {".html", ".js"}]
        text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    first = {key.split(".")[0] for key in ENGLISH}
    keys = {key for key in _KEY.findall(text) if key.split(".")[0] in first}
    groups = {group for group in _GROUP.findall(text) if group.split(".")[0] in first}
    return keys, groups
