"""Read Chinese prose for what it says of the figures in the tables.

From a text to a claim in five steps, each a module:

* ``lexicon``: the words of the field, by what they do in a sentence. Data only.
* ``tokens``: a text without blanks, its characters made alike, cut into words of
  the lexicon, numbers, years and signs; the rest is *unknown*.
* ``phrases``: a sentence cut into phrases with one number each.
* ``grammar`` and ``senses``: each number gets its role (a figure of the form, a
  part, a share, a growth, another year's, another organ's …); it is a figure only
  where every word between it and its noun is known. ``statements`` does the same
  for what is said without a number: 未收到申请, 全部办结.
* ``claims``: which of those the tables should bear out.

A new way of writing is taught by a word in the lexicon, seldom by a line of the
grammar; what nobody has taught is passed over in silence. :func:`numbers` gives
the numbers of one text with their roles to whoever else needs them.
"""

from govdisclose.rules.language.phrases import Number, Role, Sense
from govdisclose.rules.language.reading import Place, numbers

__all__ = ["Number", "Place", "Role", "Sense", "numbers"]
