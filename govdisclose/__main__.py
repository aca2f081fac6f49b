"""Run govdisclose as ``python -m govdisclose``."""

from govdisclose.cli import main

if __name__ == "__main__":
    main()
