# SPDX-License-Identifier: EUPL-1.2
"""A typed text as paragraphs and lists: lines that begin with a hyphen, a star or a bullet are the items of a list."""

import re
from typing import NamedTuple

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

BREAK = re.compile(r"\n\s*\n")
ITEM = re.compile(r"\s*[-*•]\s+(?=\S)")


class Block(NamedTuple):
    """Some lines that belong together: those of a paragraph, or the items of a list."""

    lines: list[str]
    is_list: bool = False


def blocks(text: str) -> list[Block]:
    """The paragraphs and lists of a text, in order."""
    found: list[Block] = []
    for paragraph in BREAK.split(text.replace("\r\n", "\n").strip()):
        start = len(found)
        for line in filter(str.strip, paragraph.split("\n")):
            is_item = bool(ITEM.match(line))
            if len(found) == start or found[-1].is_list != is_item:
                found.append(Block([], is_item))
            found[-1].lines.append(ITEM.sub("", line, count=1).strip() if is_item else line.strip())
    return found


def as_html(text: str) -> SafeString:
    """The same as HTML. What was typed is escaped; a single line break stays one."""
    return format_html_join("\n", "{}", ((block_html(block),) for block in blocks(text)))


def block_html(block: Block) -> SafeString:
    """One of them."""
    if block.is_list:
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in block.lines)))
    return format_html("<p>{}</p>", linebreaksbr("\n".join(block.lines)))
