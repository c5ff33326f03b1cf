"""Open the store of this computer for a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.cli.folders import sessions_folder
from formcheck.errors import StoreError

if TYPE_CHECKING:
    from formcheck.store import Store


@contextmanager
def opened_store(folder: Path | None, *, makes: bool = False) -> "Iterator[Store]":
    """Open a store with every session that is over taken in.

    Parameters
    ----------
    folder
        Where it lies; None for that of this computer.
    makes
        Whether one is made where there is none.

    Raises
    ------
    StoreError
        If there is none.
    """
    # Slow to load, and few commands need them.
    from formcheck.session_records import take_in_ended  # noqa: PLC0415
    from formcheck.store import Store  # noqa: PLC0415

    folder = folder or sessions_folder()
    if not makes and not folder.is_dir():
        raise StoreError(f"nothing is kept yet: there is no {folder}")
    with Store.open(folder) as store:
        take_in_ended(store)
        yield store
