"""Annual reports on government information disclosure: ask, check, print."""

__version__ = "0.1.0"
