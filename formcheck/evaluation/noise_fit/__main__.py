"""``python -m formcheck.evaluation.noise_fit``."""

import sys

from formcheck.evaluation.noise_fit.command import main

if __name__ == "__main__":
    sys.exit(main())
