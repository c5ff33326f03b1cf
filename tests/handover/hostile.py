"""Files as formcheck saves them, taken apart and put together otherwise."""

import hashlib
import io
import json
import zipfile

from formcheck.handover.manifest import MANIFEST, session_file
from tests.handover.made_up import session
from tests.store.made_up import set_record

RECORD = session_file(session().id, "record.json")
FACTS = session_file(session().id, "session.json")
POSES = session_file(session().id, f"{set_record().name}.poses.npz")
PLAN = "prescriptions/revision-001.toml"


def all_files(folder):
    """Return every file but those that SQLite keeps beside the database while it is open."""
    return {path for path in folder.rglob("*") if not path.name.endswith(("-wal", "-shm"))}


def zipped(entries, *, compressed=True, change=lambda _: None, told=True):
    """Return a zip of entries, whose manifest tells of them all truly, where there is one."""
    if told:
        entries = {**entries, MANIFEST: manifest_of(entries)}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, contents in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
            change(entry)
            archive.writestr(entry, contents)
    return whole.getvalue()


def manifest_of(entries):
    """Return a manifest that tells of entries truly, though they be anything."""
    said = json.loads(entries[MANIFEST])
    said["files"] = {
        name: {"size_bytes": len(contents), "sha256": hashlib.sha256(contents).hexdigest()}
        for name, contents in entries.items()
        if name != MANIFEST
    }
    return json.dumps(said).encode()


def altered(good, name, **changed):
    """Return entries of which the JSON of one says something else."""
    (said,) = json.loads(good[name])
    return {**good, name: json.dumps([{**said, **changed}]).encode()}
