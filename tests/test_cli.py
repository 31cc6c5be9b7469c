"""The command line: what it prints, what it refuses, how it ends."""

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from anycompany.aws.session import Clients
from anycompany.cli.output import plain
from anycompany.cli.program import program
from anycompany.storm.model import Storm

from .storms import EXAMPLE, HOSTILE_TEXTS

ANYCOMPANY = [sys.executable, "-c", "from anycompany.cli import main; main()"]
COMMANDS = [
    *(
        "new",
        "lab",
        "run",
        "check",
        "draw",
        "synth",
        "deploy",
        "rollback",
        "destroy",
        "send",
        "trace",
        "log",
        "undo",
    ),
    *(
        "diff",
        "merge",
        "minutes",
        "review",
        "import lines",
        "import csv",
        "import log",
        "flows",
        "permissions",
        "change-sets",
        "local start",
        "local status",
        "local stop",
        "local reset",
    ),
]
# Port 9 answers nobody: what goes there by accident fails, and nothing leaves this machine.
NOWHERE = ["--target", "aws", "--region", "eu-central-1", "--endpoint-url", "http://127.0.0.1:9"]


def run(*arguments: str | Path, code: int = 0, **more: Any) -> Result:
    """What a command printed, after it ended with this exit status."""
    result = CliRunner().invoke(program, [str(argument) for argument in arguments], **more)
    assert result.exit_code == code, f"{result.output}\n{result.stderr}\n{result.exception!r}"
    return result


def run_json(*arguments: str | Path, code: int = 0) -> Any:
    return json.loads(run(*arguments, "--format", "json", code=code).stdout)


def process(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    command = [*ANYCOMPANY, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **more)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the worked example under a name of its own."""
    return Path(shutil.copy(EXAMPLE, tmp_path / "acme.storm.yaml"))


@pytest.fixture
def inn(tmp_path: Path) -> Path:
    """A storm that has just begun."""
    path = tmp_path / "inn.storm.yaml"
    path.write_text("name: Inn\nevents:\n  room-booked: {name: Room Booked}\n")
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    said = run(*command.split(), "--help").stdout
    assert "For example:" in said and f"anycompany {command}" in said


def test_help_is_there_at_once() -> None:
    def seconds(*code: str) -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, *code], check=True, capture_output=True)
        return time.perf_counter() - began

    floor = min(seconds("-c", "import typer") for _ in range(3))
    ours = min(seconds("-c", "from anycompany.cli import main; main()", "--help") for _ in range(3))
    assert ours < max(0.4, 3 * floor)


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys; from anycompany.cli.program import program; "
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    heavy = {"boto3", "pydantic", "rich", "pandas", "jinja2", "papermill", "graphviz", "ruamel", "networkx"}
    assert not heavy & set(loaded.split())


def test_new_makes_a_storm_and_notebooks_that_open_it(tmp_path: Path) -> None:
    folder = tmp_path / "grand hotel"
    run("new", folder)
    assert {path.name for path in folder.iterdir()} == {
        *("grand hotel.storm.yaml", "storm.schema.json", "notebooks"),
    }
    notebooks = list((folder / "notebooks").iterdir())
    assert len(notebooks) == 13
    for notebook in notebooks:
        cells = json.loads(notebook.read_text())["cells"]
        (parameters,) = (cell for cell in cells if "parameters" in cell["metadata"].get("tags", []))
        assert 'storm = "../grand hotel.storm.yaml"' in "".join(parameters["source"])
    run("check", folder)


def test_new_refuses_to_overwrite(tmp_path: Path) -> None:
    (tmp_path / "hotel").mkdir()
    (tmp_path / "hotel" / "mine.txt").write_text("mine")
    error = run("new", tmp_path / "hotel", code=1).stderr
    assert "There is something already." in error
    assert [path.name for path in (tmp_path / "hotel").iterdir()] == ["mine.txt"]


def test_a_storm_may_be_named_by_its_folder(example: Path) -> None:
    assert run("draw", example.parent, "timeline").stdout == run("draw", example, "timeline").stdout


def test_a_folder_of_code_that_is_not_there_or_cannot_be_called_is_found(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    does = [
        {"do": "Ask", "run": "functions/ask"},
        {"do": "Weigh", "run": "empty"},
        {"do": "Out", "run": "../x"},
    ]
    path = tmp_path / "inn.storm.yaml"
    path.write_text(
        json.dumps({"name": "Inn", "policies": {"clean": {"does": does}}, "services": {"inn": {}}})
    )
    found = {one["what"]: one["remedy"] for one in run_json("check", path, "--step", "6", code=1)["open"]}
    said = [what for what in found if " runs " in what]
    assert said == [
        "“Ask” runs “functions/ask”, and there is no such folder.",
        "“Weigh” runs “empty”: Nothing in the folder 'empty' can be called.",
        "“Out” runs “../x”: The folder '../x' does not stand below the storm's.",
    ]
    assert all("index.py" in found[what] for what in said[:2])


@pytest.mark.parametrize("files", [[], ["a.storm.yaml", "b.storm.yaml"]])
def test_a_folder_without_exactly_one_storm_is_wrong_use(tmp_path: Path, files: Sequence[str]) -> None:
    for name in files:
        (tmp_path / name).write_text("name: Inn\n")
    error = run("check", tmp_path, code=2).stderr
    assert str(tmp_path) in error
    assert all(name in error for name in files)


def test_a_storm_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    assert "There is no such file" in run("check", tmp_path / "no.storm.yaml", code=2).stderr


def test_a_broken_storm_is_one_message_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "torn.storm.yaml"
    path.write_text("name: Inn\nevents:\n  a: {name: [")
    ended = process("check", path)
    assert ended.returncode == 1 and not ended.stdout
    assert f"{path}:3: " in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1 and "Traceback" not in ended.stderr


def test_wrong_options_are_wrong_use(example: Path) -> None:
    run("check", example, "--step", "9", code=2)
    run("draw", example, "portrait", code=2)
    run("deploy", example, "--target", "moon", code=2)
    run("deploy", example, "--target", "local", "--profile", "mine", code=2)
    run("run", example, "--out", "x", "-p", "nameless", code=2)
    run("nonsense", code=2)


def test_check_ends_with_1_on_warnings_and_with_0_on_notes_only(example: Path, inn: Path) -> None:
    found = run_json("check", example, code=1)
    assert "warning" in {finding["severity"] for finding in found["open"]}
    assert {"what", "why", "remedy", "where", "check", "step"} <= found["open"][0].keys()
    run("check", example, "--step", "5")
    assert run("check", inn, "--step", "1").stdout.strip() == "Nothing found."


def test_draw_writes_the_picture_or_says_it(example: Path, tmp_path: Path) -> None:
    run("draw", example, "service", "--service", "billing", "-o", tmp_path / "billing.svg")
    assert "<svg" in (tmp_path / "billing.svg").read_text()
    assert "Payment Attempted" in run("draw", example, "timeline").stdout
    assert "a.xyz" in run("draw", example, "timeline", "-o", tmp_path / "a.xyz", code=1).stderr


def test_synth_writes_one_template_for_each_stack(example: Path, tmp_path: Path) -> None:
    said = run_json("synth", example, "-o", tmp_path / "out")
    files = {Path(stack["file"]).name for stack in said["stacks"]}
    assert files == {path.name for path in (tmp_path / "out").iterdir()} and "anycompany-bus.yaml" in files
    marked = "".join(path.read_text() for path in (tmp_path / "out").iterdir())
    run("synth", example, "-o", tmp_path / "production", "--production")
    bare = "".join(path.read_text() for path in (tmp_path / "production").iterdir())
    assert "anycompany-test" in marked and "anycompany-test" not in bare


def test_synth_says_what_it_leaves_out(tmp_path: Path) -> None:
    path = tmp_path / "inn.storm.yaml"
    path.write_text(
        "name: Inn\nevents:\n  room-booked: {name: Room Booked}\n"
        "triggers:\n  room-booked: {actor: Guest, command: Book}\n"
    )
    assert "Left out: the trigger of room-booked" in run("synth", path, "-o", tmp_path / "out").stdout


def test_import_undo_log_and_diff_tell_one_story(inn: Path, tmp_path: Path) -> None:
    before = Path(shutil.copy(inn, tmp_path / "before.storm.yaml"))
    run("import", "lines", "-", inn, input="- Key Lost\n2) Room Paid\n")
    board = tmp_path / "board.csv"
    board.write_text("Text,Color\nGuest Arrived,#FFB454\nWho pays?,#FF6FA3\nPay,#8EC5FF\n")
    assert "1 of them parked" in run("import", "csv", board, inn).stdout
    run("diff", before, before)
    differences = run_json("diff", before, inn, code=1)
    assert {"events/key-lost", "events/guest-arrived"} <= {one["where"] for one in differences}
    run("undo", inn)
    assert "events/guest-arrived" not in {one["where"] for one in run_json("diff", before, inn, code=1)}
    run("undo", inn)
    assert run("diff", before, inn).stdout.strip() == "They say the same."
    told = run_json("log", inn)
    assert [entry["revision"] for entry in told] == list(range(1, len(told) + 1))
    assert "Key Lost" in " ".join(entry["what"] for entry in told)
    assert len(run_json("log", inn, "-n", "2")) == 2
    assert "no edit left to take back" in run("undo", inn, code=1).stderr


def test_importing_from_a_file_that_is_not_there_changes_nothing(inn: Path, tmp_path: Path) -> None:
    before = inn.read_text()
    assert "gone.txt" in run("import", "lines", tmp_path / "gone.txt", inn, code=1).stderr
    assert inn.read_text() == before


def test_what_people_typed_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "evil.storm.yaml"
    names = [f"Evil \x1b]0;owned\x07 \x9b31m \u202e{text}" for text in HOSTILE_TEXTS]
    storm = Storm(name=names[0]).add_events(names)
    path.write_text(json.dumps(storm.document()))
    for command in (
        ["check", path],
        ["draw", path, "timeline"],
        ["log", path],
        ["check", path, "--format", "json"],
    ):
        ended = process(*command)
        assert ended.returncode in (0, 1) and "Traceback" not in ended.stderr
        assert not set("\x1b\x07\x9b\u202e") & set(ended.stdout + ended.stderr)


def test_plain_text_stays_as_it_is() -> None:
    assert plain("Zahlung ✓ 注文\n\tnext 😀") == "Zahlung ✓ 注文\n\tnext 😀"


def test_names_that_the_terminal_cannot_show_are_no_reason_to_fail(tmp_path: Path) -> None:
    path = tmp_path / "inn.storm.yaml"
    path.write_text("name: Inn\nevents:\n  a: {name: 注文 作成}\ntimeline: [a]\n", "utf-8")
    ended = process("draw", path, "timeline", env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert ended.returncode == 0 and "\\u6ce8" in ended.stdout


def test_an_unforeseen_error_is_one_line_and_a_report(inn: Path, tmp_path: Path) -> None:
    code = (
        "import anycompany.workbook.findings as f\n"
        "def broken(*_): raise RuntimeError('first line\\nsecond line')\n"
        "f.all_findings = broken\n"
        "from anycompany.cli import main; main()"
    )
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", code, "check", str(inn)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert ended.returncode == 1 and len(ended.stderr.strip().splitlines()) == 1
    (report,) = tmp_path.glob("anycompany-*.txt")
    assert "RuntimeError: first line" in ended.stderr and str(report) in ended.stderr
    assert "Traceback" in report.read_text()
    shown = subprocess.run(
        [*command[:3], "--debug", *command[3:]], capture_output=True, text=True, check=False
    )
    assert "Traceback" in shown.stderr and shown.returncode == 1


def test_a_reader_that_stops_reading_is_no_error(example: Path) -> None:
    command = " ".join(["exec", *(f"'{part}'" for part in [*ANYCOMPANY, "check", str(example)])])
    ended = subprocess.run(["bash", "-c", f"({command}) | true"], capture_output=True, text=True, check=False)
    assert "Traceback" not in ended.stderr


def completions(words: str, count: int) -> set[str]:
    """What bash would offer as word number ``count`` of this line."""
    environment = os.environ | {
        "_ANYCOMPANY_COMPLETE": "complete_bash",
        "COMP_WORDS": f"anycompany {words}",
        "COMP_CWORD": str(count),
    }
    ended = subprocess.run(ANYCOMPANY, capture_output=True, text=True, check=False, env=environment)
    return set(ended.stdout.split())


def test_storms_diagrams_steps_and_events_complete(example: Path) -> None:
    folder = example.parent
    (folder / "other.txt").write_text("")
    (folder / "more").mkdir()
    assert completions(f"check {folder}/", 2) == {str(example), f"{folder}/more/"}
    assert completions("draw x.storm.yaml t", 3) == {"timeline"}
    assert completions("check x.storm.yaml --step ", 4) >= {"1", "8"}
    assert completions(f"send {example} --event payment-", 4) == {
        *("payment-attempted", "payment-succeeded", "payment-failed"),
    }
    assert completions(f"draw {example} service --service b", 5) == {"billing"}
    assert completions("send gone.storm.yaml --event ", 4) == set()


# -- on AWS


@pytest.mark.parametrize("command", ["deploy", "destroy", "trace"])
def test_an_endpoint_that_does_not_answer_is_one_message(command: str, example: Path) -> None:
    error = run(command, example, *NOWHERE, code=1, env=KEYS).stderr
    message, *goes_on = error.strip().splitlines()
    assert "http://127.0.0.1:9" in message and "cannot be reached" in message
    assert [line.split()[:3] for line in goes_on] == ([["To", "go", "on:"]] if command != "trace" else [])


def test_missing_credentials_are_said_with_what_to_do(example: Path, tmp_path: Path) -> None:
    nobody = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    nobody |= {"HOME": str(tmp_path), "AWS_EC2_METADATA_DISABLED": "true"}
    ended = process("deploy", example, *NOWHERE, env=nobody)
    assert ended.returncode == 1 and not ended.stdout
    assert "no AWS credentials were found" in ended.stderr and "aws configure" in ended.stderr


def test_the_plan_is_shown_and_nobody_to_ask_means_no(example: Path, local_aws: Clients) -> None:
    target = aws_target(example, local_aws, "asked")
    ended = run("deploy", example, *target, code=2, env=KEYS)
    assert "account 000000000000, region us-east-1" in ended.stderr
    assert "asked-bus" in ended.stdout and "create" in ended.stdout
    assert "--yes" in ended.stderr
    assert not deployed(local_aws, "asked")
    assert run("deploy", example, *target, "--plan", env=KEYS).stdout
    assert not deployed(local_aws, "asked")


def test_a_person_who_says_no_has_nothing_deployed(example: Path, local_aws: Clients) -> None:
    target = aws_target(example, local_aws, "refused")
    command = [*ANYCOMPANY, "deploy", str(example), *target]
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, os.environ | KEYS)
    os.write(terminal, b"n\n")
    said = b""
    while chunk := read_terminal(terminal):
        said += chunk
    _, status = os.waitpid(child, 0)
    assert b"Deploy this?" in said and b"Nothing was done." in said
    assert os.waitstatus_to_exitcode(status) == 2
    assert not deployed(local_aws, "refused")


def test_deploy_trace_send_and_destroy_on_an_endpoint(
    example: Path, local_aws: Clients, tmp_path: Path
) -> None:
    target = [*aws_target(example, local_aws, "around"), "--yes"]
    done = json.loads(run("deploy", example, *target, "--format", "json", env=KEYS).stdout)
    assert {row["action"] for row in done} == {"created"}
    again = json.loads(run("deploy", example, *target, "--format", "json", env=KEYS).stdout)
    assert {row["action"] for row in again} == {"unchanged"}
    traced = json.loads(run("trace", example, *target, "--format", "json", env=KEYS).stdout)
    assert "customer-subscribed" in {step["event"] for step in traced["steps"]}
    detail = tmp_path / "account-created.json"
    detail.write_text('{"account-id": "a-1"}')
    assert "account-created" in run("send", example, detail, *target, env=KEYS).stdout
    gone = json.loads(run("destroy", example, *target, "--format", "json", env=KEYS).stdout)
    assert gone and all(row["removed"] for row in gone)
    assert "Nothing of this storm is deployed there." in run("destroy", example, *target, env=KEYS).stdout


def test_a_storm_with_errors_is_not_deployed(example: Path, local_aws: Clients) -> None:
    target = aws_target(example, local_aws, "wrong")
    example.write_text(example.read_text().replace("hears: [payment-attempted]", "hears: [account-deleted]"))
    errors = {f["check"] for f in run_json("check", example, code=1)["open"] if f["severity"] == "error"}
    error = run("deploy", example, *target, "--yes", code=1, env=KEYS).stderr
    assert errors and all(check in error for check in errors)
    assert not deployed(local_aws, "wrong")


def test_production_stacks_know_nothing_of_test_events(example: Path, local_aws: Clients) -> None:
    target = [*aws_target(example, local_aws, "production"), "--yes"]
    run("deploy", example, *target, "--production", env=KEYS)
    formation = local_aws.client("cloudformation")
    body = formation.get_template(StackName="production-service-billing")["TemplateBody"]
    assert "anycompany-test" not in json.dumps(body)
    run("destroy", example, *target, env=KEYS)


def test_the_embedded_aws_is_started_found_and_stopped(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANYCOMPANY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ANYCOMPANY_LOCAL_ENDPOINT", "")
    run("local", "status", code=1)
    assert "No embedded AWS runs" in run("trace", example, code=1).stderr
    try:
        said = run("deploy", example)
        assert "Started the embedded AWS at http://127.0.0.1:" in said.stderr
        (status,) = run_json("local", "status")
        assert status["owner"] == "command" and status["endpoint"] in said.stderr
        assert "already" in run("deploy", example).stdout
        assert run("local", "reset").stdout == "Emptied.\n"
        assert "Nothing of this storm" in run("destroy", example).stdout
    finally:
        assert run("local", "stop").stdout == "Stopped.\n"
    run("local", "status", code=1)


@pytest.mark.parametrize(
    "content",
    [
        '[{"Source": "s", "DetailType": "d", "Detail": "{\\"a\\": 1}", "EventBusName": "Other"}]',
        '{"source": "s", "detail-type": "d", "detail": {"a": 1}}',
    ],
)
def test_send_takes_events_as_aws_spells_them(
    content: str, example: Path, local_aws: Clients, tmp_path: Path
) -> None:
    target = aws_target(example, local_aws, "spelled")
    local_aws.client("events").create_event_bus(Name="spelled")
    file = tmp_path / "events.json"
    file.write_text(content)
    sent = json.loads(run("send", example, file, *target, "--yes", "--format", "json", env=KEYS).stdout)
    local_aws.client("events").delete_event_bus(Name="spelled")
    assert [(one["source"], one["detail-type"]) for one in sent] == [("s", "d")] and sent[0]["id"]


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        ('{"a": 1}', 2, "--event"),
        ("[1]", 1, "event 1"),
        ('[{"Source": "s", "DetailType": "d", "Detail": "{"}]', 1, "not JSON"),
        ("{", 1, "not JSON"),
        ("7", 1, "JSON object"),
        ("[" * 100_000, 1, "nested too deeply"),
    ],
)
def test_send_refuses_what_is_no_event_before_anything_is_sent(
    content: str, code: int, says: str, example: Path, tmp_path: Path
) -> None:
    file = tmp_path / "strange.json"
    file.write_text(content)
    assert says in run("send", example, file, *NOWHERE, "--yes", code=code).stderr


def test_a_run_ends_with_1_and_names_what_failed(example: Path, tmp_path: Path) -> None:
    from .test_workbook_runner import FINE, write_notebook

    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    write_notebook(notebooks / "00_fine.ipynb", *FINE)
    write_notebook(notebooks / "01_fails.ipynb", "storm = 'x'", "1 / 0")
    arguments = ["run", example, "--out", tmp_path / "out", "--notebooks", notebooks, *NOWHERE]
    ended = run(*arguments, code=1)
    assert "01_fails, cell 3: ZeroDivisionError: division by zero" in ended.stderr
    assert (tmp_path / "out" / "report.html").is_file() and "report.html" in ended.stdout
    assert "No notebook has a parameter 'colour'" in run(*arguments, "-p", "colour=blue", code=1).stderr


def test_lab_needs_notebooks_beside_the_storm(example: Path) -> None:
    assert "anycompany new" in run("lab", example, code=1).stderr


def test_an_interrupted_run_ends_at_once_and_takes_its_kernels_along(example: Path, tmp_path: Path) -> None:
    from .test_workbook_runner import write_notebook

    pipe, notebooks = tmp_path / "pipe", tmp_path / "notebooks"
    os.mkfifo(pipe)
    notebooks.mkdir()
    waits = f"pipe = open({str(pipe)!r}, 'w'); pipe.write('x'); pipe.flush(); import time; time.sleep(600)"
    write_notebook(notebooks / "00_waits.ipynb", "storm = 'x'", waits)
    arguments = ["run", example, "--out", tmp_path / "out", "--notebooks", notebooks, *NOWHERE]
    running = subprocess.Popen([*ANYCOMPANY, *map(str, arguments)], stderr=subprocess.PIPE, text=True)
    with pipe.open() as other_end:
        assert other_end.read(1) == "x"  # the kernel is at it
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=30) == 1
        assert other_end.read() == ""  # the kernel has ended
    assert running.stderr and "Traceback" not in running.stderr.read()


def test_lab_serves_this_machine_only_and_takes_its_embedded_aws_along(tmp_path: Path) -> None:
    run("new", tmp_path / "inn")
    places = ("ANYCOMPANY_HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    environment = os.environ | {place: str(tmp_path / place) for place in places}
    command = [*ANYCOMPANY, "lab", str(tmp_path / "inn"), "--", "--no-browser", "--allow-root"]
    lab = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert lab.stderr
        said = next(line for line in lab.stderr if "127.0.0.1" in line and "token=" in line)
        assert "/lab/tree/notebooks/00_start_here.ipynb" in said
        status = process("local", "status", "--format", "json", env=environment)
        assert json.loads(status.stdout)[0]["owner"] == "program"
    finally:
        lab.terminate()
    lab.communicate(timeout=60)
    assert process("local", "status", env=environment).returncode == 1


# -- what these tests need

KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


def aws_target(storm: Path, clients: Clients, bus: str) -> list[str]:
    """Options for the embedded AWS as if it were any endpoint, with a bus of its own for the storm."""
    storm.write_text(storm.read_text().replace("bus: {name: anycompany}", f"bus: {{name: {bus}}}"))
    return ["--target", "aws", "--region", "us-east-1", "--endpoint-url", str(clients.endpoint_url)]


def deployed(clients: Clients, bus: str) -> list[str]:
    """The stacks of a storm that are there."""
    stacks = clients.client("cloudformation").describe_stacks()["Stacks"]
    return [stack["StackName"] for stack in stacks if stack["StackName"].startswith(f"{bus}-")]


def read_terminal(terminal: int) -> bytes:
    """What came on a terminal, nothing when the program at its other end has ended."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_synth_ends_with_1_and_says_why_the_templates_cannot_be_deployed(tmp_path: Path) -> None:
    path = tmp_path / "inn.storm.yaml"
    path.write_text(
        "name: Inn\nevents: {a: {name: Room Booked}}\npolicies: {p: {when: [nowhere], emits: [a]}}\n"
    )
    said = run("synth", path, "-o", tmp_path / "out", code=1).stderr
    assert "There is no event 'nowhere'" in said and "cannot be deployed as they are" in said


def test_diff_calls_what_was_renamed_by_its_old_name(inn: Path, tmp_path: Path) -> None:
    run("import", "lines", "-", inn, input="Key Lost\n")
    before = Path(shutil.copy(inn, tmp_path / "before.storm.yaml"))
    after = Path(shutil.copy(inn, tmp_path / "after.storm.yaml"))
    after.write_text(after.read_text().replace("name: Key Lost", "name: Key Found"))
    (difference,) = run_json("diff", before, after, code=1)
    assert difference["what"] == "set name of the event Key Lost to Key Found"


def test_imported_lines_of_an_older_code_page_keep_their_letters(inn: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_bytes("Zimmer gewählt\n".encode("latin-1"))
    run("import", "lines", notes, inn)
    assert "Zimmer gewählt" in inn.read_text("utf-8")


def test_synth_names_templates_of_stacks_that_the_storm_no_longer_has(example: Path, tmp_path: Path) -> None:
    run("synth", example, "-o", tmp_path / "out")
    with_audit = example.read_text()
    example.write_text(with_audit.replace("  everything: {for: Audit, hears: all, to: log}\n", ""))
    said = run("synth", example, "-o", tmp_path / "out").stderr
    assert "anycompany-listeners-audit.yaml: The storm has no such stack" in said
    assert said.count("no such stack") == 1
