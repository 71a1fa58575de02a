"""What a request that was refused gets."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Failure(BaseModel):
    """Why a request was refused."""

    error: str = Field(description="一句话：什么不对、怎么办 (what is wrong and what to do)")
