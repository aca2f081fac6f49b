"""The report as a TOML file that an officer can read and correct in Notepad."""

from govdisclose.formats.draft.reader import loads as loads
from govdisclose.formats.draft.writer import dumps as dumps
