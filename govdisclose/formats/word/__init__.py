"""The report as a Word document: written from its grids, read back by its labels."""

from govdisclose.formats.word.reader import loads as loads
from govdisclose.formats.word.writer import dumps as dumps
