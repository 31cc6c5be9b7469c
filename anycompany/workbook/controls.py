"""A step's forms as ipywidgets: type or choose, press Enter, and the page follows.

Whatever goes wrong is said beside the form, because JupyterLab does not show what a widget's handler raises.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from ..storm.edits import AnyEdit
from ..storm.errors import StormError
from ..storm.model import Storm
from .forms import Answers, Form, Input
from .screen import callout, line, problem

WIDTH = "min(40em, 98%)"
SECONDS_TO_SETTLE = 0.3
"""How long after Enter the text that was typed may still be on its way."""

_NOTHING = ("—", None)


class Say:
    """A line beside a form that says what came of it, also to screen readers."""

    def __init__(self) -> None:
        from ipywidgets import HTML

        self.widget = HTML()

    def attempt(self, doing: Callable[[], str]) -> bool:
        """Do something and say what came of it; returns whether it worked, and raises nothing."""
        try:
            said, role = callout("good", doing()), "status"
        except StormError as error:
            said, role = problem(error), "alert"
        except Exception as error:
            said, role = callout("error", f"{type(error).__name__}: {error}", "Nothing was changed."), "alert"
        self.widget.value = f'<div role="{role}">{said.html}</div>'
        return role == "status"


class FormBox:
    """One form on the screen.

    Parameters
    ----------
    form : what it asks and the edit that the answers make.
    storm : gives the storm as it is now.
    do : carries out an edit.
    """

    def __init__(self, form: Form, storm: Callable[[], Storm], do: Callable[[AnyEdit], None]) -> None:
        from ipywidgets import Button, VBox

        self.form = form
        self._storm, self._do = storm, do
        self.fields = {asked.key: _widget(asked) for asked in form.inputs}
        self.button = Button(description=form.button, tooltip=form.title)
        self.say = Say()
        self.button.on_click(lambda _: self.submit())
        self._entered: threading.Timer | None = None
        self._lock = threading.Lock()
        for asked in form.inputs:
            if asked.kind == "text":
                self.fields[asked.key].on_msg(self._on_message)
                self.fields[asked.key].observe(self._on_change, "value")
        self.refresh()
        self.widget = VBox([*self.fields.values(), self.button, self.say.widget])

    def submit(self) -> None:
        """Carry out what is filled in; what was typed is cleared when it worked."""
        answers: Answers = {key: field.value for key, field in self.fields.items()}

        def doing() -> str:
            self._do(self.form.edit_from(self._storm(), answers))
            said = [line(answers[asked.key], 60) for asked in self.form.inputs if asked.kind == "text"]
            return f"{self.form.title}. {', '.join(text for text in said if text)}"

        if self.say.attempt(doing):
            for asked in self.form.inputs:
                if asked.kind in ("text", "lines", "json"):
                    self.fields[asked.key].value = ""

    def refresh(self) -> None:
        """Offer what there is to choose now; what was chosen stays chosen as long as it is there."""
        for asked in self.form.inputs:
            if asked.choices:
                _offer(self.fields[asked.key], asked, asked.choices(self._storm()))

    def _on_message(self, _: Any, content: dict[str, Any], __: Any) -> None:
        """Enter was pressed. The front end says so before it sends what was typed, if that is new."""
        if content.get("event") == "submit":
            self._stop_waiting()
            self._entered = threading.Timer(SECONDS_TO_SETTLE, self._submit_entered)
            self._entered.start()

    def _on_change(self, _: Any) -> None:
        self._submit_entered()

    def _submit_entered(self) -> None:
        if self._stop_waiting():
            self.submit()

    def _stop_waiting(self) -> bool:
        """Forget that Enter was pressed; returns whether it was, to exactly one of those who ask."""
        with self._lock:
            entered, self._entered = self._entered, None
        if entered is not None:
            entered.cancel()
        return entered is not None


class Panel:
    """All forms of a page: the first one open, the others to be unfolded, undo and redo above them.

    Parameters
    ----------
    forms : the forms, the most used one first.
    storm : gives the storm as it is now.
    do : carries out an edit.
    actions : further buttons, by what is written on them; each returns what it did, as a sentence.
    """

    def __init__(
        self,
        forms: Sequence[Form],
        storm: Callable[[], Storm],
        do: Callable[[AnyEdit], None],
        actions: dict[str, Callable[[], str]],
    ) -> None:
        from ipywidgets import HTML, Accordion, Button, HBox, VBox

        self.boxes = [FormBox(form, storm, do) for form in forms]
        self.say = Say()
        self.buttons: dict[str, Any] = {}
        for name, action in actions.items():
            self.buttons[name] = Button(description=name)
            self.buttons[name].on_click(lambda _, action=action: self.say.attempt(action))
        first, *others = self.boxes
        folded = Accordion([box.widget for box in others], titles=[box.form.title for box in others])
        heading = HTML(f"<strong>{first.form.title}</strong>")
        bar = HBox([*self.buttons.values(), self.say.widget])
        self.widget = VBox([bar, heading, first.widget, folded])

    def refresh(self) -> None:
        """Let every form offer what there is to choose now."""
        for box in self.boxes:
            box.refresh()


def _widget(asked: Input) -> Any:
    import ipywidgets as widgets

    common = {
        "description": asked.label,
        "style": {"description_width": "initial"},
        "layout": {"width": WIDTH},
    }
    if asked.kind == "tick":
        return widgets.Checkbox(value=False, indent=False, **common)
    if asked.kind == "one":
        return widgets.Dropdown(**common)
    if asked.kind == "many":
        return widgets.SelectMultiple(**common)
    if asked.kind == "text":
        return widgets.Text(continuous_update=False, **common)
    return widgets.Textarea(continuous_update=False, rows=6 if asked.kind == "lines" else 3, **common)


def _offer(field: Any, asked: Input, choices: list[tuple[str, str]]) -> None:
    options = choices if asked.kind == "many" or asked.preset else [_NOTHING, *choices]
    if tuple(field.options) == tuple(options):
        return
    there = {value for _, value in options}
    chosen = field.value
    field.options = options
    if asked.kind == "many":
        field.value = tuple(value for value in chosen if value in there)
        field.rows = min(10, max(3, len(options)))
    else:
        field.value = chosen if chosen in there else options[0][1]
