"""What can be wrong with a request.

AssistantError
└── RequestError
    ├── BadRequest         what was sent can't be understood
    ├── TooLarge           more was sent than is taken
    ├── OtherOrigin        a page of another site asks
    ├── RouteUnknown       there is nothing at this path
    ├── MethodUnknown      there is, but not for this method
    ├── ToolUnknown        no tool of the MCP server has this name
    ├── ModelUnknown       no model of the chat endpoint has this name
    ├── NotOffered         something that a language model could do and this program can't
    ├── Crowded            too many wait already
    └── ParagraphUnknown   a document has no paragraph of this number
"""

from __future__ import annotations

from assistant.errors import AssistantError


class RequestError(AssistantError):
    """Anything that is wrong with a request."""


class BadRequest(RequestError):
    """`field`: where in what was sent; `detail`: what is wrong there."""


class TooLarge(RequestError):
    """`field`: where in what was sent; `most`: how much is taken, with its unit."""


class OtherOrigin(RequestError):
    """`origin`: the site that the page comes from."""


class RouteUnknown(RequestError):
    """`path`: what was asked for."""


class MethodUnknown(RequestError):
    """`path`: what was asked for; `method`: how."""


class ToolUnknown(RequestError):
    """`name`: the tool that was called."""


class ModelUnknown(RequestError):
    """`name`: the model that was named."""


class NotOffered(RequestError):
    """`field`: the parameter that asks for it."""


class ParagraphUnknown(RequestError):
    """`id`: the document; `n`: the number."""


class Crowded(RequestError):
    """Too many wait already."""
