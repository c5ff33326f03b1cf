"""How every template is read: strictly, and each compiled once a process."""

from functools import cache

import jinja2
from jinja2.bccache import Bucket


def environment(
    package: str, *, autoescape: bool, keeps_last_newline: bool = False
) -> jinja2.Environment:
    """Return where the templates of a package come from; what is missing in one is an error.

    Parameters
    ----------
    package
        In whose folder ``templates`` they lie.
    autoescape
        False only for what is no page and runs nowhere.
    keeps_last_newline
        Whether a file ends as its template does.

    Examples
    --------
    >>> environment("formcheck.web", autoescape=True).from_string("{{ a }}").render(a="<b>")
    '&lt;b&gt;'
    """
    return jinja2.Environment(
        loader=jinja2.PackageLoader(package),
        autoescape=autoescape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keeps_last_newline,
        undefined=jinja2.StrictUndefined,
        bytecode_cache=_compiled(),
    )


class _Compiled(jinja2.BytecodeCache):
    """Templates that were compiled before; each is known by its name and a digest of its source."""

    def __init__(self) -> None:
        self._by_key: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give back what was compiled, if anything was."""
        if bucket.key in self._by_key:
            bucket.bytecode_from_string(self._by_key[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled."""
        self._by_key[bucket.key] = bucket.bytecode_to_string()


@cache
def _compiled() -> _Compiled:
    return _Compiled()
