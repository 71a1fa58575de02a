"""What the service remembers of each page that somebody opened, kept small."""

from __future__ import annotations

from gradio.routes import App
from gradio.state_holder import SessionState, StateHolder
from gradio.utils import LRUCache

MOST = 1000
"""Pages whose chats are remembered here; of the one longest unused the browser alone knows the questions then."""


class Sessions(StateHolder):  # type: ignore[misc]
    """Gradio's sessions without a copy of the whole page in each: 130 KB an opened page, for links to a state of it,
    which nobody makes here.
    """

    def __getitem__(self, session_id: str) -> SessionState:
        known = session_id in self.session_data
        session = super().__getitem__(session_id)
        if not known:
            session.config_values.clear()
        return session


def keep_sessions_small(app: App) -> None:
    """Put them into Gradio's application, before it runs, and let its queue remember no more pages either.

    Gradio keeps a set for every page that ever asked, and what became of ten thousand events for a page of statistics
    that is not served here.
    """
    app.state_holder = Sessions()
    page = app.get_blocks()
    page.state_session_capacity = MOST
    app.state_holder.set_blocks(page)
    queue = page._queue
    queue.pending_messages_per_session.max_size = MOST
    queue.pending_event_ids_session = LRUCache(MOST)
    queue.ANALYTICS_MAX_EVENTS = 1
