"""So that `python3 bench/harness` is the command, from any folder."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness.command import main  # noqa: E402  (It stands in the folder that was just added.)

sys.exit(main())
