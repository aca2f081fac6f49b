"""Annual reports on government information disclosure: ask, check, print."""

from govdisclose.model.version import __version__ as __version__
