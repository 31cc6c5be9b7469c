"""How templates get to CloudFormation: within the call, through a bucket, or in nested stacks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from anycompany.aws.bucket import PASSING, Bucket
from anycompany.aws.errors import AwsError, RefusedError
from anycompany.stacks.splitting import MOST_RESOURCES, Split, split, too_large
from anycompany.stacks.stack import LARGEST_TEMPLATE, LARGEST_TEMPLATE_BODY, Stack
from anycompany.stacks.synth import template_body, text_of


class Reachable:
    """For each stack's name, the argument that gives CloudFormation its template; uploaded when asked for.

    Safe to share between threads. Nothing is uploaded for stacks that stay as they are.
    """

    def __init__(self, stacks: Sequence[Stack], bucket: Bucket) -> None:
        self.bucket = bucket
        self._bodies = {stack.name: template_body(stack) for stack in stacks}
        self._splits = {stack.name: split(stack.template) for stack in stacks if self._has_to_be_split(stack)}
        self._keys: list[str] = []
        for name, one in self._splits.items():
            _refuse_too_large(name, one)

    def __getitem__(self, name: str) -> dict[str, str]:
        """Raises ``AwsError`` if S3 refuses."""
        if not self.is_large(name):
            return {"TemplateBody": self._bodies[name]}
        body = self._bodies[name]
        if self.is_split(name):
            body = self._with_parts(name, self._splits[name])
        key = f"{PASSING}{_key(name, body)}"
        self._keys.append(key)
        return {"TemplateURL": self.bucket.put(key, body.encode())}

    def is_large(self, name: str) -> bool:
        """Whether the template of this stack has to go through the bucket."""
        return self.is_split(name) or _size(self._bodies[name]) > LARGEST_TEMPLATE_BODY

    def is_split(self, name: str) -> bool:
        """Whether this stack has nested stacks."""
        return name in self._splits

    def uses_bucket(self, stack: Stack) -> bool:
        """Whether anything of a stack has to go through the bucket, its template or code."""
        codes = (one.get("Properties", {}).get("Code") for one in stack.template["Resources"].values())
        return self.is_large(stack.name) or any(
            isinstance(code, dict) and "S3Bucket" in code for code in codes
        )

    def remove(self) -> None:
        """Remove what was uploaded, but for nested stacks, which are read again to go back.

        Raises ``AwsError`` if S3 refuses.
        """
        for key in dict.fromkeys(self._keys):
            self.bucket.remove(key)

    def _has_to_be_split(self, stack: Stack) -> bool:
        return too_large(stack.template, _size(self._bodies[stack.name]))

    def _with_parts(self, name: str, made: Split) -> str:
        """The root of a split template, its parts uploaded."""
        for part, template in made.parts.items():
            body = text_of(template)
            url = self.bucket.put(f"anycompany/{_key(f'{name}-{part}', body)}", body.encode())
            made.root["Resources"][part]["Properties"]["TemplateURL"] = url
        return text_of(made.root)


@contextmanager
def reachable_templates(stacks: Sequence[Stack], bucket: Bucket) -> Iterator[Reachable]:
    """The templates of stacks as CloudFormation takes them, valid within the block.

    Parameters
    ----------
    stacks : the stacks.
    bucket : where templates over 51,200 bytes go.

    Raises
    ------
    AwsError
        before anything is done, if a template is too large even in nested stacks; if S3 refuses.
    """
    templates = Reachable(stacks, bucket)
    try:
        yield templates
    except BaseException:
        with suppress(AwsError):  # why it failed is what a person has to know
            templates.remove()
        raise
    try:
        templates.remove()
    except AwsError as error:
        raise AwsError(
            f"All was done, but {error.what[:1].lower()}{error.what[1:]}",
            error.where,
            f"{error.remedy} It harms nobody, and goes by itself or with destroy.".strip(),
        ) from error


def _refuse_too_large(name: str, made: Split) -> None:
    """Raise ``AwsError`` for what is too large even in nested stacks."""
    size = max(_size(text_of(template)) for template in (made.root, *made.parts.values()))
    count = len(made.root["Resources"])
    if size > LARGEST_TEMPLATE or count > MOST_RESOURCES:
        raise RefusedError(
            f"The template has {size:,} bytes, and {count} resources, that belong together; "
            f"CloudFormation takes up to {LARGEST_TEMPLATE:,} and {MOST_RESOURCES}.",
            name,
            "Split the service: give some of its entities a context, and so a service, of their own. "
            "Nothing was deployed.",
        )


def _size(body: str) -> int:
    return len(body.encode())


def _key(name: str, body: str) -> str:
    return f"{name}-{hashlib.sha256(body.encode()).hexdigest()[:16]}.json"
