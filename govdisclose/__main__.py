"""Run govdisclose, as a command or as ``python -m govdisclose``."""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line; Ctrl-C is no fault, also while all is still being loaded."""
    try:
        from govdisclose import cli

        cli.main()
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("已中断\n")
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
