"""A whole workshop: a facilitator, two boards in JupyterLab and five phones, from nothing to what runs on AWS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from anycompany.aws.session import Clients
from anycompany.files import read_history, read_storm
from anycompany.stacks.synth import synth, template_yaml
from anycompany.storm.model import Storm
from anycompany.workbook.findings import all_findings
from anycompany.workbook.report import Page as Report, html_of
from anycompany.workbook.report_story import told

from ..test_cli import run
from ..workshops import Opened, workshop
from .conftest import OPENED
from .test_join_page import join, on_the_wall, phone, write, wrong

DECIDED = {"What was decided": "Tickets are sold until departure", "Because": "the last ones pay best"}
EVENTS = ("Ticket Bought", "Ferry Departed", "Passenger Boarded", "Crossing Cancelled", "Fog Reported")
WRITTEN = [
    *(
        ("Ada", "Ticket Bought"),
        ("Ada", "Ferry Departed"),
        ("Bo", "Client Refunded"),
        ("Cy", "Ticket Bought"),
    ),
    *(("Cy", "Fog Reported"), ("Di", "Customer Refunded"), ("Eve", "Passenger Boarded")),
    *(("Flo", "Who decides in a gale?"), ("Gus", "Crossing Cancelled"), ("Fay", "Harbour Painted")),
]
"""Who wrote which event or hot spot, each once."""
LIVE = '.anycompany-board[data-status="live"][data-pending="0"]'
RESTART = "() => void window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
SHOWN = """() => [...document.querySelectorAll('.anycompany-board .note')]
  .map(note => `${note.dataset.key}: ${note.querySelector(':scope > .face').textContent}`).sort()"""
"""Every note that a page shows."""

WRONG_OUTPUTS = """async () => {
  const outputs = [...document.querySelectorAll('.jp-OutputArea-output')];
  const { violations } = await axe.run({ include: outputs }, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 200)}`));
}"""


@dataclass
class Board:
    """Somebody at a board in JupyterLab, with a mouse and a keyboard."""

    page: Page

    def button(self, name: str) -> Locator:
        return self.page.locator(".anycompany-board").get_by_role("button", name=name).first

    def note(self, text: str) -> Locator:
        return self.page.locator(".anycompany-board .note", has_text=text).first

    def saved(self) -> None:
        expect(self.page.locator(LIVE)).to_have_count(1)

    def at(self, step: int) -> None:
        """Wait until a phase has brought this step, and look at all of it."""
        expect(self.page.locator(f'.anycompany-board[data-step="{step}"]')).to_have_count(1)
        self.button("Show the whole wall").click()

    def type(self, text: str, near: str | None = None) -> None:
        if near:
            self.note(near).click()
        field = self.page.locator(".anycompany-board .typing input")
        field.fill(text)
        field.press("Enter")
        expect(field).to_have_value("")
        self.saved()

    def act(self, action: str, on: str, **answers: str) -> None:
        self.note(on).click(button="right")
        self.page.get_by_role("menuitem").filter(has_text=action).first.click()
        dialog = self.page.locator(".anycompany-board").get_by_role("dialog")
        for label, answer in answers.items():
            field = dialog.get_by_label(label).first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=field.locator("option", has_text=answer).first.inner_text())
            else:
                field.fill(answer)
        if answers:
            dialog.locator("button[type=submit]").click()
        expect(dialog).to_have_count(0)
        self.saved()


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory, _home_of_this_worker: None) -> Iterator[Opened]:
    """A workshop that nobody prepared: the command has made its storm."""
    with workshop(tmp_path_factory.mktemp("ferry"), name="ferry") as opened:
        yield opened


def boards(browser: Browser, at: Opened, people: ExitStack, **notebooks: str) -> list[Board]:
    """People open a notebook each, run it, and say their names; they do it at once, as it takes its time."""
    opened = []
    for notebook in notebooks.values():
        context = browser.new_context(viewport={"width": 1400, "height": 1000})
        people.callback(context.close)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{at.url}doc/tree/notebooks/{notebook}.ipynb?token={at.token}&reset", wait_until="commit")
        opened.append(Board(page))
    for seat in opened:
        seat.page.evaluate(OPENED)
        seat.page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    for name, seat in zip(notebooks, opened, strict=True):
        seat.saved()
        seat.button("End the tour").click()
        seat.button("you: change your name").click()
        seat.page.get_by_label("Name", exact=True).fill(name)
        seat.button("Take this name").click()
    return opened


def single(edit: dict[str, Any]) -> list[dict[str, Any]]:
    return list(edit["edits"]) if edit["kind"] == "batch" else [edit]


def is_note(edit: dict[str, Any]) -> bool:
    return edit["kind"] == "add" and edit["to"] in ("events", "hotspots")


def names(storm: Storm) -> list[str]:
    return sorted(event.name for event in storm.events.values())


def test_a_whole_workshop_from_an_empty_wall_to_events_that_flow(
    browser: Browser, ferry: Opened, local_aws: Clients
) -> None:
    with ExitStack() as people:
        fay, ada, bo = boards(
            browser, ferry, people, Fay="workshop", Ada="01_event_discovery", Bo="05_bounded_contexts"
        )
        phones = {
            name: people.enter_context(phone(browser, {"width": 360, "height": 640}, dark=name == "Eve"))
            for name in ("Cy", "Di", "Eve", "Flo", "Gus")
        }
        cy, di, eve, flo, gus = phones.values()
        for name, page in phones.items():
            join(page, ferry, name)
        screen = people.enter_context(phone(browser, {"width": 1280, "height": 720}))
        screen.goto(ferry.screen)
        expect(screen.locator(".guests")).to_have_text("5 guests are here")

        def is_fine() -> None:
            assert (wrong(eve), wrong(screen)) == ([], [])

        def turn_to(phase: str) -> None:
            fay.button(f"Next: {phase}").click()
            for page in (*phones.values(), screen):
                if not page.evaluate("() => navigator.onLine"):
                    continue
                expect(page.locator(".phase")).to_contain_text(phase)
            for seat in (fay, ada, bo):
                expect(seat.page.locator(".f-strip")).to_contain_text(phase)
            is_fine()

        # -- each alone: a phone in a tunnel, one that joins twice, one that reloads, a kernel that is restarted
        fay.page.evaluate((Path(__file__).parents[1] / "node/node_modules/axe-core/axe.min.js").read_text())
        assert fay.page.evaluate(WRONG_OUTPUTS) == []
        is_fine()
        fay.button("Begin the workshop").click()
        expect(fay.page.get_by_text("A facilitator has here")).to_be_hidden()  # the board stands in its place
        turn_to("Exploration, each alone")
        ada.type("Ticket Bought")
        ada.type("Ferry Departed")
        bo.at(1)
        bo.type("Client Refunded")
        write(cy, "Ticket Bought")
        on_the_wall(cy, "Ticket Bought")
        cy.context.set_offline(True)
        expect(cy.locator(".trouble")).to_contain_text("No connection")
        write(cy, "Fog Reported")
        again = di.context.new_page()
        again.goto(ferry.address)
        write(again, "Customer Refunded")
        again.close()
        on_the_wall(di, "Customer Refunded")
        write(eve, "Passenger Boarded")
        eve.reload()
        on_the_wall(eve, "Passenger Boarded")
        flo.locator(".kind.is-hotspots").tap()
        write(flo, "Who decides in a gale?")
        on_the_wall(flo, "Who decides in a gale?")
        expect(fay.page.get_by_role("region", name="Facilitating")).to_contain_text("Not spoken yet: Gus")
        gus.locator("#note").press_sequentially("Crossing Can")
        fay.page.evaluate(RESTART)
        expect(gus.locator(".trouble")).to_contain_text("resting")
        gus.locator("#note").press_sequentially("celled")
        gus.locator("#note").press("Enter")
        fay.type("Harbour Painted")
        on_the_wall(gus, "Crossing Cancelled")
        cy.context.set_offline(False)
        on_the_wall(cy, "Fog Reported")
        for seat, own in ((ada, 2), (bo, 1), (fay, 1)):
            expect(seat.page.locator(".note")).to_have_count(own)
        expect(screen.locator(".wall-place")).to_contain_text(
            "Until the reveal, each sees only their own notes"
        )

        # -- all together
        turn_to("Exploration, all together")
        expect(bo.page.locator(".note")).to_have_count(10)
        ada.button("Merge “Ticket Bought” into “Ticket Bought”").click()
        expect(bo.page.locator(".note")).to_have_count(9)
        bo.button("Merge “C").click()
        expect(bo.page.locator(".note")).to_have_count(8)
        [refunded] = [name for name in names(read_storm(ferry.storm)) if "Refunded" in name]
        for seat in (ada, bo, fay):
            expect(seat.page.locator(".note")).to_have_count(8)
        fay.act("Put aside", "Harbour Painted")
        expect(fay.page.locator(".f-facilitating")).to_contain_text("Parking lot: 1 note")

        # -- the steps, one after the other; what comes later waits
        turn_to("Break")
        turn_to("Temporal Sequencing")
        for seat in (fay, ada, bo):
            seat.at(2)
        ada.button("Put all 6 at the end").click()
        fay.button("Lock").click()
        expect(bo.page.locator(".f-strip")).to_contain_text("Locked")
        expect(di.locator(".asks")).to_contain_text("locked the wall")
        fay.button("Unlock").click()
        fay.page.get_by_label("Driver", exact=True).select_option(label="Bo")
        expect(bo.page.locator(".f-strip")).to_contain_text("You drive")
        expect(di.locator(".asks")).to_contain_text("Bo is driving")
        turn_to("Trigger Detection")
        bo.at(3)
        bo.type("Passenger: Buy a ticket", near="Ticket Bought")
        bo.type("system: Coast Guard", near="Fog Reported")
        bo.type("whenever Ticket Bought then Passenger Boarded")
        bo.type("whenever Passenger Boarded then Ferry Departed, if it fails Crossing Cancelled")
        bo.type(f"whenever Crossing Cancelled then {refunded}")
        fay.page.get_by_label("Driver", exact=True).select_option(label="everybody")
        turn_to("Lunch")
        turn_to("Entities and Aggregates")
        ada.at(4)
        for entity, events in (
            ("Ticket", ("Ticket Bought", refunded)),
            ("Crossing", ("Passenger Boarded", "Ferry Departed", "Crossing Cancelled", "Fog Reported")),
        ):
            first, *others = events
            ada.note(first).click()
            for other in others:
                ada.note(other).click(modifiers=["Shift"])
            ada.act("Make an entity of", first, Name=entity)
            ada.button("Show the whole wall").click()
        turn_to("Bounded Contexts")
        bo.at(5)
        bo.type("Sales", near="Ticket")
        bo.type("Harbour", near="Crossing")

        # -- spotlight, everyone here, dots on a hot spot and on a boundary
        ada.page.get_by_role("button", name="2 Sequence").click()
        fay.at(5)
        fay.note("Who decides in a gale?").click()
        fay.button("Spotlight on the selected note").click()
        fay.button("Bring everyone here").click()
        ada.at(5)
        for page in (ada.page, eve, screen):
            expect(page.locator(".overlay .spot")).to_be_visible()
        fay.button("Spotlight off").click()
        turn_to("Break")
        turn_to("Dot voting")
        for page in phones.values():
            for thing in ("gale", "Sales") if page is not di else ("gale",):
                vote = page.locator(".vote", has_text=thing)
                vote.tap()
                expect(vote).to_have_attribute("aria-pressed", "true")
        ada.button("Put a dot on Sales").click()
        fay.button("Close the vote").click()
        for seat in (ada, bo):
            votes = seat.page.get_by_role("region", name="Votes")
            expect(votes).to_contain_text(re.compile("gale.*5 dots"))
            expect(votes).to_contain_text(re.compile("Sales.*5 dots"))
        for page in phones.values():
            expect(page.locator(".vote", has_text="Sales")).to_contain_text("5 dots")
        turn_to("Decisions and owners")
        ada.act("Say who owns this hot spot", "Who decides in a gale?", Owner="Flo")
        bo.act("Write down a decision", "Sales", **DECIDED)

        # -- the technical team goes on
        turn_to("Microservices")
        bo.at(6)
        bo.type("ticketing")
        bo.type("crossings")
        turn_to("Event Bus")
        ada.at(7)
        ada.act(
            "Add a listener",
            "Crossing Cancelled",
            **{"Name": "Radio", "For": "The coast", "Goes to": "a queue"},
        )
        turn_to("Shared Schemas")
        ada.at(8)
        ada.type("price: number", near="Ticket Bought")
        turn_to("Deployment")

        # -- everybody sees the same, and nothing was lost or doubled
        for seat in (fay, ada, bo):
            seat.at(8)
        for page in phones.values():
            page.get_by_role("tab", name="Wall").tap()
        pages = [seat.page for seat in (fay, ada, bo)] + [*phones.values(), screen]
        revision = str(len(ferry.entries()))
        for page in pages:
            expect(page.locator(f'.anycompany-board[data-rev="{revision}"]')).to_have_count(1)
        views = [page.evaluate(SHOWN) for page in pages]
        assert views == views[:1] * len(views) and len(views[0]) > 6

    entries = ferry.entries()
    added = [
        (entry["author"], one["name"]) for entry in entries for one in single(entry["edit"]) if is_note(one)
    ]
    assert sorted(added) == sorted(WRITTEN)
    assert len({entry["id"] for entry in entries}) == len(entries)
    storm = read_storm(ferry.storm)
    assert names(storm) == sorted({*EVENTS, refunded}) and storm.workshop and storm.workshop.phase == "deploy"

    minutes = run("minutes", ferry.storm).stdout
    for said in (
        "Fay, 26 edits",
        "owner Flo, 5 votes",
        "Because the last ones pay best. *Bo",
        "- Harbour Painted",
    ):
        assert said in minutes
    history = told(read_history(ferry.storm))
    stacks = synth(storm)
    templates = {stack.name: template_yaml(stack) for stack in stacks.stacks}
    report = Report(storm, datetime.now(UTC), {}, all_findings(storm), stacks, templates, told=history)
    assert DECIDED["What was decided"] in html_of(report)

    assert "CREATE_COMPLETE" in run("deploy", ferry.storm).stdout
    flowed = run("trace", ferry.storm).stdout  # it fails where a part of the design was not seen
    run("destroy", ferry.storm)
    assert re.search(r"Ticket Bought +after-ticket-bought +no +Passenger Boarded", flowed)
    assert re.search(r"after-passenger-boarded +yes +Crossing Cancelled +radio", flowed)
