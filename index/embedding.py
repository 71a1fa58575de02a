"""Embedding in a thread of its own, so that reading and storing go on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait

from index.encoder import Encoder, Vectors
from index.passages import Passage

TICK = 0.2
"""Seconds between two reports of progress while all that is left to do is wait."""


class Embedding:
    """The vectors of some passages in the making, as soon as the work on those of `after` is done. `done` says how many
    have theirs.
    """

    def __init__(self, encoder: Encoder, passages: Mapping[bytes, Passage], after: Embedding | None = None) -> None:
        self.keys = frozenset(passages)
        self.done = 0
        self._stopped = False
        self._pool = ThreadPoolExecutor(1, "embedding")
        self._future = self._pool.submit(self._work, encoder, dict(passages), after)
        self._pool.shutdown(wait=False)

    @property
    def ended(self) -> bool:
        """Whether the model has done all it had to."""
        return self._future.done()

    def result(self, tick: Callable[[], None]) -> list[tuple[list[bytes], list[Vectors]]]:
        """Wait for the vectors, in groups with the keys of their texts; `tick` is called once at least, so that it can
        end the work before anything is stored.
        """
        tick()
        while not self._future.done():
            wait([self._future], TICK)
            tick()
        self._pool.shutdown()  # the work is done; its thread takes a moment more to end
        return self._future.result()

    def stop(self) -> None:
        """Give up after the group that the model is at, a fraction of a second; the thread has ended then."""
        self._stopped = True
        self._pool.shutdown()

    def _work(
        self, encoder: Encoder, passages: dict[bytes, Passage], after: Embedding | None
    ) -> list[tuple[list[bytes], list[Vectors]]]:
        keys, found = list(passages), encoder.passages(list(passages.values()))
        if after:
            wait([after._future])
        groups = []
        for indexes, vectors in found:
            groups.append(([keys[i] for i in indexes], vectors))
            self.done += len(indexes)
            if self._stopped:
                break
        return groups
