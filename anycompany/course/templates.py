"""Templates of CloudFormation as people type them: YAML with its short forms, or JSON."""

from __future__ import annotations

from typing import Any


def template_in(text: str) -> Any:
    """What a template says, its short forms (``!GetAtt Bus.Arn``) written out; no matter what it is.

    Raises ``yaml.YAMLError``, ``ValueError`` or ``RecursionError`` for what is no YAML.

    >>> template_in("Value: !GetAtt Bus.Arn"), template_in("!Ref Bus")
    ({'Value': {'Fn::GetAtt': ['Bus', 'Arn']}}, {'Ref': 'Bus'})
    """
    import yaml

    return yaml.load(text, Loader=_loader())  # a safe loader, below


def _loader() -> Any:
    from ..files.prices import plain_loader

    loader = plain_loader()

    def short(of: Any, suffix: str, node: Any) -> Any:
        import yaml

        if isinstance(node, yaml.ScalarNode):
            value: Any = of.construct_scalar(node)
        elif isinstance(node, yaml.SequenceNode):
            value = of.construct_sequence(node, deep=True)
        else:
            value = of.construct_mapping(node, deep=True)
        if suffix == "GetAtt" and isinstance(value, str):
            value = value.split(".", 1)
        return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}

    loader.add_multi_constructor("!", short)
    return loader
