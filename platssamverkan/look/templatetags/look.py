# SPDX-License-Identifier: EUPL-1.2
"""The house's tags and filters; every template has them without loading."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from platssamverkan.ground.fields import show_telephone
from platssamverkan.look import fields, lean, prose, shapes, words
from platssamverkan.start.registry import boende_pages_for

register = template.Library()

register.simple_tag(shapes.icon)
register.simple_tag(shapes.status)
register.simple_tag(shapes.status_plain)
register.simple_tag(shapes.todo_shape)
register.simple_tag(shapes.due_status)
register.simple_tag(fields.control)
register.simple_tag(lean.filter_fields)
register.simple_tag(lean.menu_list)
register.simple_tag(lean.tab_list)


register.filter("prose", prose.as_html)


def quietly(show: Any) -> Any:
    """A filter that leaves nothing where there is nothing, as Django's own do."""

    def shown(value: Any) -> str:
        return "" if value is None or value == "" else show(value)

    return shown


register.filter("day", quietly(words.day))
register.filter("day_short", quietly(words.day_short))
register.filter("day_year", quietly(words.day_year))
register.filter("day_near", quietly(words.day_near))
register.filter("when", quietly(words.when))
register.filter("clock", quietly(words.clock))
register.filter("number", quietly(words.number))
register.filter("signed", quietly(words.signed))
register.filter("distance", quietly(words.distance))
register.filter("telephone", quietly(show_telephone))

register.filter("form_sections", fields.sections)
register.filter("form_errors", fields.all_errors)
register.filter("field_kind", fields.kind)
register.filter("field_errors", fields.messages_of)
register.filter("choices_class", fields.choices_class)
register.filter("field_options", fields.options)
register.filter("field_parts", fields.parts)
register.filter("form_used", fields.used)
register.filter("things_to_mend", words.things_to_mend)


@register.simple_tag
def tel(number: str, **attributes: Any) -> SafeString:
    """A number to press, shown as people write it. Takes `class`."""
    if not number:
        return SafeString("")
    css_class = attributes.get("class", "tel-plain")
    return format_html('<a class="{}" href="tel:{}">{}</a>', css_class, number, show_telephone(number))


@register.simple_tag(takes_context=True)
def local_pages(context: dict[str, Any]) -> list[Any]:
    """The pages of the boende that the page is about, those that the person may open."""
    boende, frame = context.get("boende"), context.get("frame")
    return boende_pages_for(frame.user, boende) if boende and frame and frame.user else []
