"""For programs: HTTP with JSON, OpenAI's chat endpoint, the Model Context Protocol; all over the same calls."""

from assistant.api.mount import lifespan, mount, serve_stdio

__all__ = ["lifespan", "mount", "serve_stdio"]
