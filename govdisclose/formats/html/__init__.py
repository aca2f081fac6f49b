"""The report as a web page: written from its grids, read back by its labels."""

from govdisclose.formats.html.reader import loads as loads
from govdisclose.formats.html.writer import dumps as dumps
