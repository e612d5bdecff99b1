# SPDX-License-Identifier: EUPL-1.2
"""A form for what there is one of: a second one is told at its field, and the same form sent twice is not a second."""

from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint

from platssamverkan.ground.forms import RecordForm


class OnceForm(RecordForm):
    """Checks uniqueness also where the rule names what the form does not show (its boende, its round)."""

    def _post_clean(self) -> None:
        super()._post_clean()
        model = type(self.instance)
        if self.errors or not self.instance.is_new or model._default_manager.filter(pk=self.instance.pk).exists():
            return
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                try:
                    constraint.validate(model, self.instance)
                except ValidationError as error:
                    self._update_errors(error)
