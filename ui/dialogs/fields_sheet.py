"""A sheet drawn from fields 字段表单: its form is a record's, made from a table of fields."""

from __future__ import annotations

from ui.dialogs.record_form import RecordForm
from ui.dialogs.sheet import Sheet
from ui.widgets.form import Form


class FieldsSheet(Sheet):
    """A sheet with a `RecordForm`; a subclass may name another kind of it as `form_class`."""

    form_class: type[Form] = RecordForm

    @property
    def records(self) -> RecordForm:
        if not isinstance(self.form, RecordForm):
            raise TypeError(self.form)
        return self.form
