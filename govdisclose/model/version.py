"""The version of the product; the build reads it here."""

__version__ = "0.1.0"
