"""Python: pydantic models, by datamodel-code-generator."""

from __future__ import annotations

import json
import re
from typing import Any

from .errors import BindingsError
from .schemas import ANY_EVENT, ServiceSchema


def python_modules(schemas: tuple[ServiceSchema, ...]) -> dict[str, str]:
    """The module of each service by its file name.

    A field whose name is none in Python has one made from it, and the contract's own name as its alias:
    ``model_dump(by_alias=True, exclude_none=True)`` is the detail to put on the bus.

    Raises
    ------
    BindingsError
        if datamodel-code-generator is not installed, or cannot make code of a contract.
    """
    try:
        import datamodel_code_generator as generator
        from datamodel_code_generator.enums import DataModelType
    except ImportError:
        raise BindingsError(
            "The generator of Python code is not installed.",
            "",
            "Install it: pip install 'anycompany[bindings]'.",
        ) from None
    options = dict[str, Any](
        input_file_type=generator.InputFileType.JsonSchema,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=generator.PythonVersion.PY_311,
        formatters=[generator.Formatter.BUILTIN],
        class_name=ANY_EVENT,
        enum_field_as_literal=generator.LiteralType.All,
        snake_case_field=True,
        use_standard_collections=True,
        use_union_operator=True,
        use_annotated=True,
        disable_timestamp=True,
    )
    modules = {}
    for one in schemas:
        try:
            config = generator.GenerateConfig(
                **options, allow_population_by_field_name=_are_distinct(one.schema)
            )
            code = generator.generate(json.dumps(one.schema), config=config)
        except Exception as error:  # whatever it stumbles over, a person reads of it as a message
            raise BindingsError(
                f"The generator of Python code fails ({type(error).__name__}).",
                f"services/{one.service}",
                "Look for strange field names in the contracts of its events.",
            ) from error
        header = "".join(f"# {line}\n" for line in one.says)
        modules[f"{one.file}.py"] = header + _without_header(str(code))
    return modules


def _are_distinct(schema: Any) -> bool:
    """Whether no two fields of an object come out as one name in Python.

    Only then a field can be given by its name in Python as well as by its alias: where ``Any`` is the field
    ``any``, and there is another ``any``, nobody could tell which is meant.
    """
    if isinstance(schema, list):
        return all(map(_are_distinct, schema))
    if not isinstance(schema, dict):
        return True
    properties = schema.get("properties")
    names = [re.sub(r"[\W_]", "", name.lower()).removeprefix("field") for name in properties or ()]
    return len(set(names)) == len(names) and all(map(_are_distinct, schema.values()))


def _without_header(code: str) -> str:
    """The generator's code without the comments that it begins with."""
    lines = code.splitlines(keepends=True)
    first = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[first:])
