# SPDX-License-Identifier: EUPL-1.2
"""The handbook of docs/handbok/ in the app: a page a role, the reader's own first, and where each page is explained."""

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

import nh3
from django.conf import settings
from django.http import Http404
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.views.generic import TemplateView
from markdown_it import MarkdownIt
from markdown_it.token import Token

from platssamverkan.start import registry

FOLDER = settings.BASE_DIR / "docs" / "handbok"
FRONT = "index"
PAGES = [
    "personal",
    "enhetschef",
    "forvaltningschef",
    "systemforvaltare",
    "boendeombud",
    "sammankallande",
    "medlem",
    "granne",
    "kartlaggning",
    "integritet",
]
HIGHEST_FIRST = ["systemforvaltare", "forvaltningschef", "enhetschef", "personal", "boendeombud", "granne"]
TITLE_TOKENS = 3  # every file begins with its title, which the page's header shows
TAGS = {"h2", "h3", "p", "ul", "ol", "li", "strong", "em", "a", "img", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "loading"}, "h2": {"id"}, "h3": {"id"}}


@dataclass(frozen=True)
class Topic:
    """A heading of a page, to go to."""

    anchor: str
    title: str


class Page:
    """A page of the handbook, read once."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
        self.tokens = self.markdown.parse((FOLDER / f"{slug}.md").read_text(encoding="utf-8"))
        self.title = self.tokens[1].content
        self.topics = headings(self.tokens)

    @cached_property
    def html(self) -> SafeString:
        """What stands under its title. What a file could hold beyond plain text is taken out."""
        for token in self.tokens:
            for child in token.children or ():
                give_address(child)
        body = self.markdown.renderer.render(self.tokens[TITLE_TOKENS:], self.markdown.options, {})
        return SafeString(nh3.clean(body, tags=TAGS, attributes=ATTRIBUTES, link_rel=None))

    @property
    def url(self) -> str:
        """Where it is read."""
        return "/hjalp/" if self.slug == FRONT else f"/hjalp/{self.slug}/"

    def explains(self, anchor: str) -> bool:
        """Whether it has that heading."""
        return any(topic.anchor == anchor for topic in self.topics)


def address(target: str) -> str:
    """A link of the files as an address of the app: "personal.md#aktorer", "bilder/min-dag.png"."""
    if target.startswith("bilder/"):
        return static(f"handbok/{target.removeprefix('bilder/')}")
    name, hash_sign, anchor = target.partition("#")
    if name.endswith(".md"):
        slug = name.removesuffix(".md")
        return ("/hjalp/" if slug == FRONT else f"/hjalp/{slug}/") + hash_sign + anchor
    return target


def give_address(token: Token) -> None:
    """Let a link or a picture lead to where the app has it."""
    for name in ("href", "src"):
        if target := token.attrGet(name):
            token.attrSet(name, address(str(target)))
    if token.type == "image":
        token.attrSet("loading", "lazy")


def headings(tokens: list[Token]) -> list[Topic]:
    """Give the headings their anchors; those of the second level are what a page can be asked for."""
    topics = []
    for token, text in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", slugify(text.content))
            if token.tag == "h2":
                topics.append(Topic(slugify(text.content), text.content))
    return topics


@cache
def page(slug: str) -> Page:
    """A page, read once: the files are part of the program."""
    return Page(slug)


def own_pages(user: Any) -> list[str]:
    """The pages about what the user is; who has several roles meets the one with most to decide first."""
    named = [slug for provide in registry.handbook_providers for slug in provide(user)]
    return [slug for slug in HIGHEST_FIRST if slug in named]


def pages_for(user: Any) -> list[Page]:
    """Every page, the user's own first."""
    own = own_pages(user)
    return [page(slug) for slug in [*own, *(slug for slug in PAGES if slug not in own)]]


def help_url(user: Any, view_name: str) -> str:
    """Where the handbook explains a page, in the user's own chapter if it stands there; else the handbook's front."""
    if anchor := registry.help_topics.get(view_name):
        for chapter in pages_for(user):
            if chapter.explains(anchor):
                return f"{chapter.url}#{anchor}"
    return page(FRONT).url


class HandbookView(TemplateView):
    """A page of the handbook, or its front."""

    template_name = "start/handbook.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slug = self.kwargs.get("sida", FRONT)
        if slug not in [FRONT, *PAGES]:
            raise Http404
        own = own_pages(self.request.user)
        return super().get_context_data(
            page=page(slug),
            front=page(FRONT),
            is_front=slug == FRONT,
            own=own,
            chapters=pages_for(self.request.user),
            **kwargs,
        )
