"""From an Answer to the same Answer with a synthesis."""

from __future__ import annotations

import logging
import time
from dataclasses import replace

from assistant.answer import Answer
from assistant.synthesis.checking import checked
from assistant.synthesis.client import complete
from assistant.synthesis.coverage import Rarity, rarity_by
from assistant.synthesis.errors import ServerFailed
from assistant.synthesis.prompt import NOTHING, messages_for
from assistant.synthesis.records import Synthesis
from assistant.synthesis.reply import sentences_of
from assistant.synthesis.server import ModelServer
from index import Library

logger = logging.getLogger(__name__)


def is_to_be_written(answer: Answer, server: ModelServer | None) -> bool:
    """Whether a model is asked: there is one, and evidence, and the question holds no words out to be found."""
    return server is not None and bool(answer.citations) and answer.quotation is None


def synthesise(library: Library, answer: Answer, server: ModelServer | None) -> Answer:
    """The answer with what the model made of its evidence; as it is where no model is asked.

    Takes `server.seconds` at the most, and raises nothing that the server does.
    """
    if server is None or not is_to_be_written(answer, server):
        return answer
    began = time.perf_counter()
    try:
        made = _made(library, answer, server)
    except ServerFailed as failed:
        logger.warning("the language model gave no synthesis: %s", failed.code)
        made = Synthesis(failed=failed.code)
    took = 1000 * (time.perf_counter() - began)
    return replace(answer, synthesis=replace(made, model=server.model, took_ms=took))


def _made(library: Library, answer: Answer, server: ModelServer) -> Synthesis:
    written = sentences_of(complete(server, messages_for(answer)))
    if not written or [each.text.strip("。") for each in written] == [NOTHING]:
        raise ServerFailed("empty")
    sentences, dropped = checked(written, answer.citations, _rarity(library))
    return Synthesis(sentences, dropped)


def _rarity(library: Library) -> Rarity:
    def counts(wanted: list[str]) -> dict[str, int]:
        return library.read(lambda snapshot: snapshot.rarity(wanted))

    return rarity_by(counts, library.read(lambda snapshot: snapshot.size()))
