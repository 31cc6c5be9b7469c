"""Contracts: schemas of events, samples, versions, and what a pattern can match of them."""

from __future__ import annotations

from .schema import example_detail, fields_of, json_schema

__all__ = ["example_detail", "fields_of", "json_schema"]
