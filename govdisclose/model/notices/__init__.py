"""The forms that notices have prescribed, and which one a year is reported in."""

import copyreg

from govdisclose.model.form import Form
from govdisclose.model.notices import gb2021_30

FORMS = {form.key: form for form in (gb2021_30.FORM,)}
NEWEST = gb2021_30.FORM


def form_for(year: int) -> Form | None:
    """The form in which a year is reported; of two, the later one."""
    return next((form for form in reversed(FORMS.values()) if year in form.years), None)


def form_of(key: str) -> Form:
    """The form of a key."""
    return FORMS[key]


copyreg.pickle(Form, lambda form: (form_of, (form.key,)))  # so that it stays one
