"""A disk on which files cannot grow: the kernel refuses, as it does when a real one is full."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def small_disk(largest_bytes: int) -> Iterator[None]:
    """Let no file of this process grow beyond ``largest_bytes`` meanwhile."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
