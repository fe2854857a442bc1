"""``python -m zopa`` is the command ``zopa``."""

from zopa.cli import main

if __name__ == "__main__":
    main()
