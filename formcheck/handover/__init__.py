"""Hand-over files: what is kept of a person, from one computer to another, without a server.

A file is a zip with a manifest of digests, encrypted on request. What it holds is taken over only
where it is new; nothing is ever overwritten, and nothing in it runs (docs/handover.md).
"""

from formcheck.handover.manifest import SUFFIX, Manifest
from formcheck.handover.opening import (
    Opened,
    look_at,
    needs_passphrase,
    open_file,
    open_prescription,
)
from formcheck.handover.packing import Choice, save
from formcheck.handover.revisions import as_here, is_for, next_revision, signed

__all__ = [
    "SUFFIX",
    "Choice",
    "Manifest",
    "Opened",
    "as_here",
    "is_for",
    "look_at",
    "needs_passphrase",
    "next_revision",
    "open_file",
    "open_prescription",
    "save",
    "signed",
]
