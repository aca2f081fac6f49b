"""Excel files: the report to read and print, lists, and workbooks as values."""

from govdisclose.formats.excel.printout import dumps as dumps
