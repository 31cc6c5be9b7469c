"""The life of the embedded AWS: started once, found by all, stopped by whoever started it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psutil
import pytest

from anycompany.aws import local
from anycompany.aws.errors import AwsError
from anycompany.aws.session import Target, connect

USE_IT = """
import sys
from anycompany.aws import local
found = local.{call}()
print(found.pid, found.endpoint, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ANYCOMPANY_HOME", str(tmp_path))
    yield tmp_path
    monkeypatch.delenv("ANYCOMPANY_LOCAL_ENDPOINT", raising=False)
    local.stop()


def program(call: str) -> subprocess.Popen[str]:
    """Another program that uses the embedded AWS until its standard input is closed."""
    return subprocess.Popen(
        [sys.executable, "-c", USE_IT.format(call=call)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(stream: IO[str] | None) -> tuple[int, str]:
    assert stream is not None
    pid, endpoint = stream.readline().split()
    return int(pid), endpoint


def has_ended(pid: int) -> bool:
    try:
        psutil.Process(pid).wait(timeout=15)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return False
    return True


def status_of_request(url: str, headers: dict[str, str]) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_it_listens_on_loopback_and_nowhere_else(home: Path) -> None:
    server = psutil.Process(local.start().pid)
    sockets = server.net_connections(kind="inet")
    assert {place.laddr.ip for place in sockets if place.status in ("LISTEN", "NONE")} == {"127.0.0.1"}


def test_nothing_runs_before_it_is_started_and_after_it_is_stopped(home: Path) -> None:
    assert local.status() is None
    started = local.start()
    assert local.status() == started
    assert local.stop()
    assert local.status() is None
    assert has_ended(started.pid)
    assert not local.stop()


def test_one_that_was_started_by_command_outlives_the_command(home: Path) -> None:
    with program("start") as starter:
        pid, endpoint = said(starter.stdout)
        starter.communicate("")
    found = local.status()
    assert found is not None
    assert (found.pid, found.endpoint, found.owner) == (pid, endpoint, "command")


def test_one_that_a_program_needed_ends_with_it_even_by_kill_9(home: Path) -> None:
    with program("ensure") as needy:
        pid, _ = said(needy.stdout)
        running = local.status()
        assert running is not None
        assert (running.pid, running.owner) == (pid, "program")
        needy.kill()
    assert has_ended(pid)
    assert local.status() is None


def test_programs_that_need_one_at_the_same_moment_share_it(home: Path) -> None:
    needy = [program("ensure") for _ in range(3)]
    assert len({said(each.stdout) for each in needy}) == 1
    for each in needy:
        each.communicate("")


def test_a_program_that_shares_one_leaves_it_running(home: Path) -> None:
    started = local.start()
    with program("ensure") as guest:
        assert said(guest.stdout) == (started.pid, started.endpoint)
        guest.communicate("")
    assert local.status() == started


def test_starting_again_finds_the_running_one(home: Path) -> None:
    assert local.start() == local.start() == local.ensure()


def test_after_the_server_was_killed_a_new_one_is_started(home: Path) -> None:
    first = local.start()
    os.kill(first.pid, signal.SIGKILL)
    assert has_ended(first.pid)
    assert local.status() is None
    assert local.ensure().pid != first.pid


def test_a_state_file_whose_process_id_belongs_to_another_program_is_stale(home: Path) -> None:
    state = {"endpoint": "http://127.0.0.1:1", "port": 1, "pid": os.getpid(), "owner": "command"}
    (home / "local.json").write_text(json.dumps(state))
    assert not local.stop()  # which would otherwise end this test
    assert local.status() is None
    assert not (home / "local.json").exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": 1}', "\x00"])
def test_a_broken_state_file_counts_as_none(home: Path, content: str) -> None:
    (home / "local.json").write_text(content)
    assert local.status() is None


def test_a_chosen_port_is_used(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as finder:
        port = finder.getsockname()[1]
    assert local.start(port).endpoint == f"http://127.0.0.1:{port}"
    with pytest.raises(AwsError, match=f"already runs on port {port}.*stop it first"):
        local.start(port + 1)


def test_a_port_already_taken_is_named_with_a_remedy(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taker:
        port = taker.getsockname()[1]
        with pytest.raises(AwsError, match=rf"Port {port} cannot be used.*Choose another port"):
            local.start(port)
    assert local.status() is None


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_number_that_is_no_port_is_refused(home: Path, port: int) -> None:
    with pytest.raises(AwsError, match=f"{port} is not a port"):
        local.start(port)


def test_a_directory_that_cannot_be_used_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "file").touch()
    monkeypatch.setenv("ANYCOMPANY_HOME", str(home / "file" / "inside"))
    with pytest.raises(AwsError, match=r"file.*cannot be used.*Set ANYCOMPANY_HOME"):
        local.status()
    monkeypatch.setenv("ANYCOMPANY_HOME", str(home))


def test_its_log_goes_to_a_file_and_not_to_the_program(home: Path) -> None:
    with program("ensure") as needy:
        said(needy.stdout)
        assert needy.communicate("") == ("", "")
    assert "Ready" in (home / "local.log").read_text()


def test_credentials_of_the_user_do_not_reach_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI")
    monkeypatch.setenv("SERVICES", "s3")
    environment = psutil.Process(local.start().pid).environ()
    assert not [name for name in environment if name.startswith("AWS_") or name == "SERVICES"]


def test_an_endpoint_given_by_a_parent_is_used_and_left_running(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = local.start()
    monkeypatch.setenv("ANYCOMPANY_HOME", str(tmp_path / "another"))
    monkeypatch.setenv("ANYCOMPANY_LOCAL_ENDPOINT", given.endpoint + "/")
    found = local.ensure()
    assert (found.endpoint, found.pid, found.owner) == (given.endpoint, given.pid, "environment")
    assert not local.stop()
    assert local.status() == found
    monkeypatch.setenv("ANYCOMPANY_HOME", str(home))


def test_a_given_endpoint_that_does_not_answer_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYCOMPANY_LOCAL_ENDPOINT", "http://127.0.0.1:1")
    with pytest.raises(AwsError, match=r"ANYCOMPANY_LOCAL_ENDPOINT=http://127\.0\.0\.1:1.*Unset"):
        local.ensure()


def test_resetting_empties_it(home: Path) -> None:
    assert not local.reset()
    local.start()
    aws = connect(Target("local"))
    aws.client("events").create_event_bus(Name="gone")
    aws.client("schemas").create_registry(RegistryName="gone")
    assert local.reset()
    assert [bus["Name"] for bus in aws.client("events").list_event_buses()["EventBuses"]] == ["default"]
    assert aws.client("schemas").list_registries()["Registries"] == []


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "rebound.example"}],
    ids=lambda headers: next(iter(headers)),
)
def test_web_pages_may_not_use_it(home: Path, headers: dict[str, str]) -> None:
    endpoint = local.start().endpoint
    assert status_of_request(f"{endpoint}/_ministack/health", {}) == 200
    assert status_of_request(f"{endpoint}/_ministack/health", headers) == 403


def test_another_version_of_ministack_is_refused_with_the_command_that_helps(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretended = tmp_path / "lib" / "ministack-9.9.9.dist-info"
    pretended.mkdir(parents=True)
    (pretended / "METADATA").write_text("Metadata-Version: 2.1\nName: ministack\nVersion: 9.9.9\n")
    monkeypatch.syspath_prepend(str(pretended.parent))
    with pytest.raises(AwsError, match=r"but 9\.9\.9 is installed.*pip install \"anycompany\[local\]\""):
        local.start()


def test_a_ministack_that_cannot_be_completed_is_not_started(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    emptied = tmp_path / "lib" / "ministack"
    emptied.mkdir(parents=True)
    (emptied / "__init__.py").touch()
    (emptied / "app.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(emptied.parent))
    with pytest.raises(AwsError, match=r"MiniStack cannot be completed.*anycompany\[local\]"):
        local.start()
    assert local.status() is None


def test_without_the_extra_the_command_that_installs_it_is_given(home: Path, tmp_path: Path) -> None:
    without = tmp_path / "lib"
    without.mkdir()
    for folder in {Path(entry) for entry in sys.path if entry.endswith("site-packages")}:
        for package in folder.iterdir():
            if not package.name.startswith("ministack"):
                (without / package.name).symlink_to(package)
    project = Path(local.__file__).parents[2]
    standard = [entry for entry in sys.path if entry and "site-packages" not in entry]
    start = f"import sys; sys.path[:] = {[str(project), str(without), *standard]!r}\n" + USE_IT
    done = subprocess.run(
        [sys.executable, "-S", "-c", start.format(call="start")], capture_output=True, text=True, check=False
    )
    assert (
        'AwsError: target local: The embedded AWS is not installed. Install it: pip install "any'
        in done.stderr
    )


def test_the_version_asked_for_is_the_one_the_extra_pins() -> None:
    project = tomllib.loads((Path(local.__file__).parents[2] / "pyproject.toml").read_text())
    pins = project["project"]["optional-dependencies"]["local"]
    assert f"ministack=={local.MINISTACK_VERSION}" in pins
