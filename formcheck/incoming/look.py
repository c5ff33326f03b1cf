"""Look at a file and say what it is: ``python -m formcheck.incoming.look FILE`` prints JSON."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from formcheck.errors import SourceError
from formcheck.incoming.apart import Answer
from formcheck.incoming.looking import looked_at


def main() -> None:
    """Print what is seen, or why there is nothing to see."""
    try:
        look = looked_at(Path(sys.argv[1]), datetime.now(UTC))
        answer = Answer(is_poses=look.is_poses, recorded=look.recorded)
    except SourceError as error:
        answer = Answer(refused=str(error))
    print(answer.model_dump_json())  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
