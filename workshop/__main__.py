"""``python -m workshop`` is the command ``workshop``."""
import sys

from workshop.cli import main

sys.exit(main())
