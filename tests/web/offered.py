"""Another process that looks at a store: prints what it would offer."""

import json
import sys
from pathlib import Path

from formcheck.exercises.library import load_all
from formcheck.web.unfinished import find_unfinished, is_in_use

if __name__ == "__main__":
    store = Path(sys.argv[1])
    found = find_unfinished(store, load_all())
    told = {"is_in_use": is_in_use(store), "unfinished": found and found.described()}
    print(json.dumps(told))  # noqa: T201
