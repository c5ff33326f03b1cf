"""Run the command."""

import sys

from formcheck.evaluation.synthetic.command import main

if __name__ == "__main__":
    sys.exit(main())
