"""Wording of a draft that a machine has swapped for synonyms, with the likely originals.

A draft is judged as if it were a document of the library: first whole, then, since a rewritten passage may be
pasted into a clean text, stretch by stretch. What it quotes is not its own wording, and what it says twice
counts once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.draft.reading import DraftParagraph
from corpus.normal import fold
from corpus.rewritten import SHORTEST, Suspicion, Verdict
from corpus.segment import STOP, Token, paragraph_tokens
from corpus.sentences import sentence_spans

STRETCH = 2 * SHORTEST
"""Words of two characters and more of a stretch: fewer than SHORTEST can't be judged at all."""
Span = tuple[int, int]
Judge = Callable[[Sequence[Token]], Verdict]


def find_rewritten(
    judge: Judge, paragraphs: Sequence[DraftParagraph], quoted: Sequence[tuple[int, int, int]]
) -> list[Suspicion]:
    """The words that were probably swapped, in the order of the text; none where the library can't tell.

    `quoted` are the (paragraph, start, end) that are words of others.
    """
    own = own_words(paragraphs, quoted)
    whole = judge([token for tokens in own for token in tokens])
    if whole.rewritten or whole.score is None:
        return list(whole.suspicions) if whole.rewritten else []
    verdicts = (judge(stretch) for stretch in stretches(own))
    return [suspicion for verdict in verdicts if verdict.rewritten for suspicion in verdict.suspicions]


def own_words(paragraphs: Sequence[DraftParagraph], quoted: Sequence[tuple[int, int, int]]) -> list[list[Token]]:
    """The words of each paragraph that are its own, with a STOP for whatever is left out."""
    seen: set[str] = set()
    found = []
    for paragraph in paragraphs:
        out = [(a, b) for number, a, b in quoted if number == paragraph.number]
        for start, end in sentence_spans(paragraph.text):
            sentence = fold(paragraph.text[start:end])
            if sentence in seen:
                out.append((start, end))
            seen.add(sentence)
        tokens = paragraph_tokens([(paragraph.number, paragraph.text)])
        found.append([_stopped(token) if _inside(token, out) else token for token in tokens])
    return found


def stretches(own: Sequence[list[Token]], least: int = STRETCH) -> Iterator[list[Token]]:
    """Paragraphs in a row with at least so many words together; what is left at the end belongs to the last."""
    kept: list[Token] = []
    open_: list[Token] = []
    for tokens in own:
        open_ = open_ + tokens
        if sum(len(token.word) > 1 for token in open_) >= least:
            if kept:
                yield kept
            kept, open_ = open_, []
    yield kept + open_


def _inside(token: Token, spans: Sequence[Span]) -> bool:
    return any(a <= token.start and token.end <= b for a, b in spans)


def _stopped(token: Token) -> Token:
    return Token(STOP, token.paragraph, token.start, token.end)
