"""Which element of a web page holds the document, and which elements in it are the page's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml.html import HtmlElement

from corpus.extract.html_facts import FACT_LABELS, label_of
from corpus.extract.html_weight import Scale, Weights

# Never part of a document's text.
SKIPPED = frozenset(
    "script style noscript template head title nav footer aside button select option textarea input iframe object "
    "svg canvas video audio".split()
)
# An element of these can hold the document; a paragraph or a heading is only a part of it.
NEVER_WHOLE = frozenset("p li h1 h2 h3 h4 h5 h6 dt dd pre a span b strong em u i".split())
HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?<![\w-])opacity\s*:\s*0(?:\.0*)?(?![.\d])|"
    r"font-size\s*:\s*0(?:\.0+)?(?![.\d])|(?<![\w-])(?:text-indent|left|top)\s*:\s*-\d{3,}",
    re.I,
)
# The selectors and the declarations of a rule of a style sheet.
RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,1000})\}")
CLASS_ALONE = re.compile(r"(?:^|[\s>])[\w*]*\.([\w-]{1,60})$")
ID_ALONE = re.compile(r"(?:^|[\s>])[\w*]*#([\w-]{1,60})$")
# What builders of sites call the things around a document.
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|breadcrumb|crumbs?|side-?bar|share|bdshare|related|relevant|recommend|copyright|footer?|"
    r"tool-?bar|banner|login|search|pagination|pager|hot-?list|comments?|repl(?:y|ies)|advert|ads?|qr-?code|"
    r"app-?download|promo|self-promo|tags?|friend-?links?|prev-?next)(?=$|[\s_\d-]|box|bar|list|wrap|con|info|area|page)",
    re.I,
)
# One of these stands for each contribution to a forum, or each entry of a blog.
POST = re.compile(r"(?:^|[\s_-])(?:post|entry|article|floor|message|t)[_-]?(?:body|content|text|msg|msgfont)$", re.I)
# Share of the page's weight that the innermost element must hold to be the document's.
WHOLE = 0.7
# Furniture by name that weighs more than this share of the page is the document after all.
NAMED_WRONGLY = 0.3
# Around the document there may be more of it: this many stops, and of its characters this share in links.
NEIGHBOUR_STOPS = 8
FEW_LINKS = 0.15
# Or so many characters and not one link: a form to fill in.
FORM = 100
# A list whose characters are links by this share leads elsewhere.
LINK_LIST = 0.4
LISTS = frozenset("div table ul ol dl section tr td".split())
# What stands before and behind a link that is an entry of a list: a bullet; a date, a divider.
BULLET = re.compile(r"[·•●■◆★☆○*»＞>\-–—\[【|｜\d.、]{0,4}")
AFTER_ENTRY = re.compile(r"[\[(（【]?[\d/:：\-年月日.APM]{0,20}[\])）】]?[|｜·、\-–—>]?", re.I)
ATTACHMENT = re.compile(r"附件|\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|pptx?)(?:$|[?#])", re.I)


def hidden_names(root: HtmlElement) -> tuple[frozenset[str], frozenset[str]]:
    """The classes and the ids that the page's own style sheets hide."""
    classes: set[str] = set()
    ids: set[str] = set()
    for style in root.iter("style"):
        for selectors, declarations in RULE.findall(style.text or ""):
            if not HIDDEN_STYLE.search(declarations):
                continue
            for selector in selectors.split(","):
                classes.update(CLASS_ALONE.findall(selector.strip()))
                ids.update(ID_ALONE.findall(selector.strip()))
    return frozenset(classes), frozenset(ids)


@lru_cache(maxsize=4096)  # pages repeat few styles and names on thousands of elements
def _hides(style: str) -> bool:
    return HIDDEN_STYLE.search(style) is not None


@lru_cache(maxsize=4096)
def _names_furniture(name: str) -> bool:
    return FURNITURE.search(name) is not None


class Page:
    """What the elements of a page weigh, and which are left out."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.classes, self.ids = hidden_names(root)
        self.elements = list(root.iter())
        scale = Scale(self.elements)
        self.left_out: set[HtmlElement] = {e for e in self.elements if self._is_hidden(e)}
        self.weight = Weights(scale, self.left_out)
        whole = self.weight[root].prose
        self.left_out |= {e for e in self.elements if self._is_furniture(e, whole)}
        self.weight = Weights(scale, self.left_out)
        self.left_out |= set(self._later_posts()) | set(self._fact_tables(whole))
        self.weight = Weights(scale, self.left_out)
        self.main = self._main()
        most = NAMED_WRONGLY * self.weight[self.main].text
        self.left_out |= {e for e in self.main.iterdescendants() if self.weight[e].text < most and self.is_link_list(e)}

    def _is_hidden(self, element: HtmlElement) -> bool:
        if not isinstance(element.tag, str) or element.tag in SKIPPED:
            return True
        if element.tag in ("body", "html"):
            return False  # some pages hide the whole body until their script has run
        attributes = element.attrib
        if not attributes:
            return False
        style = attributes.get("style")
        if "hidden" in attributes or (style and _hides(style)):
            return True
        if self.classes and not self.classes.isdisjoint(attributes.get("class", "").split()):
            return True
        return attributes.get("id") in self.ids

    def _is_furniture(self, element: HtmlElement, whole: int) -> bool:
        if element in self.left_out or element.tag in ("body", "html") or not element.attrib:
            return False
        named = _names_furniture(element.get("class", "")) or _names_furniture(element.get("id", ""))
        return named and self.weight[element].prose < NAMED_WRONGLY * whole

    def _fact_tables(self, whole: int) -> Iterable[HtmlElement]:
        """The table of the document's data, which gives facts and is not text."""
        for table in self.root.iter("table"):
            labels = sum(
                label_of(cell) in FACT_LABELS for cell in table.iter("td", "th") if self.weight[cell].text < 12
            )
            if labels >= 2 and self.weight[table].prose < NAMED_WRONGLY * whole and next(table.iter("p"), None) is None:
                yield table

    def _later_posts(self) -> Iterable[HtmlElement]:
        """All but the first of the contributions to a forum or the entries of a blog, each with its head."""
        posts: dict[str, list[HtmlElement]] = {}
        for element in self.elements:
            name = element.get("class", "") if isinstance(element.tag, str) else ""
            if name and POST.search(name) and self.weight[element].prose:
                posts.setdefault(f"{element.tag} {name}", []).append(element)
        for first, *later in posts.values():
            above = {first, *first.iterancestors()}
            for element in later:
                while (parent := element.getparent()) is not None and parent not in above:
                    element = parent
                if element not in above:
                    yield element

    def _main(self) -> HtmlElement:
        """The innermost element that still holds most of the page's weight."""
        whole = self.weight[self.root].prose
        element = self.root
        while True:
            inner = [
                c
                for c in element
                if isinstance(c.tag, str) and c.tag not in NEVER_WHOLE and self.weight[c].prose >= WHOLE * whole
            ]
            if not inner or not whole:
                return self._with_neighbours(element)
            element = inner[0]

    def _with_neighbours(self, element: HtmlElement) -> HtmlElement:
        """The element, or one above it that adds sentences and hardly a link: an abstract, an annex, a form."""
        for above in element.iterancestors():
            more, less = self.weight[above], self.weight[element]
            text, links = more.text - less.text, more.links - less.links
            if links > FEW_LINKS * text:
                break
            if more.stops - less.stops >= NEIGHBOUR_STOPS or (
                not links and text >= FORM and above.tag in ("div", "section", "article")
            ):
                element = above
        return element

    def is_link_list(self, element: HtmlElement) -> bool:
        """Whether a block is a list of links to elsewhere, and not to the document's own attachments."""
        weight = self.weight[element]
        if element.tag not in LISTS or weight.links < LINK_LIST * max(1, weight.text):
            return False
        links = [a for a in element.iter("a") if self.weight[a].text]
        if any(ATTACHMENT.search(a.get("href", "") + a.text_content()) for a in links):
            return False
        return 2 * sum(map(_stands_alone, links)) > len(links) > 1


def _stands_alone(link: HtmlElement) -> bool:
    """Whether a link is the whole entry of a list, and not words in a sentence."""
    before = link.getprevious()
    leads = link.getparent().text if before is None else before.tail
    return bool(
        BULLET.fullmatch("".join((leads or "").split())) and AFTER_ENTRY.fullmatch("".join((link.tail or "").split()))
    )
