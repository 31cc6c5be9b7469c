"""A policy's workflow in Amazon States Language (JSONata): hear an event, do the work, put events."""

from .calls import Call, calls
from .machine import state_machine, translator
from .places import LAMBDA_ARN, function_id, place_id

__all__ = ["LAMBDA_ARN", "Call", "calls", "function_id", "place_id", "state_machine", "translator"]
