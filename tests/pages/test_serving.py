"""Serving: the command starts and ends cleanly, complains in one line, and production settings pass Django's checks."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import click.testing
import granian.cli
import pytest
from django.contrib.auth.models import User
from typer.testing import CliRunner

from reportedly import cli, settings
from reportedly.commands import site
from reportedly.errors import RecordError, ReportedlyError
from reportedly.record import tokens

DEPLOY = Path(__file__).parents[2] / "deploy"


def environment(folder: Path, **given: str) -> dict[str, str]:
    """An environment of its own for a process."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("REPORTEDLY_", "DJANGO_"))}
    return kept | {"DATABASE_URL": f"sqlite:///{folder}/served.db", "REPORTEDLY_DATA_FOLDER": str(folder)} | given


def test_serving_a_record_that_is_not_there_makes_an_empty_one(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "reportedly.cli", "serve", "--port", "0", "--workers", "1"]
    started = subprocess.Popen(
        command, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert started.stdout is not None
        told = started.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", told)
        assert address is not None, told
        assert asked(f"{address[0]}healthz") == "ok\n"
        assert "<main" in asked(address[0])
    finally:
        started.send_signal(signal.SIGINT)
        _, complaints = started.communicate(timeout=60)
    assert started.returncode == 0
    assert "reportedly add SOURCE" in complaints and "the site has stopped" in complaints
    assert "Traceback" not in complaints


def asked(address: str) -> str:
    """What a server answers that may still be starting."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError:
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")


def test_a_port_that_is_taken_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ReportedlyError, match=f"127.0.0.1:{port}: Address already in use; choose another"):
            site._free("127.0.0.1", port)
    assert site._free("127.0.0.1", 0) > 0
    with pytest.raises(ReportedlyError, match=r"no-such-host\.invalid"):
        site._free("no-such-host.invalid", 8000)


#: What cannot be used, and a word of the line that says so.
UNUSABLE = {
    "site_secure": {"REPORTEDLY_SITE_SECURE": "perhaps"},
    "unable to open": {"DATABASE_URL": "sqlite:////no/r.db"},
}


def test_a_setting_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "reportedly.cli", "serve", "--port", "0"]
    given = {words: environment(tmp_path, **settings) for words, settings in UNUSABLE.items()}
    started = {  # both at once
        words: subprocess.Popen(command, env=one, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for words, one in given.items()
    }
    for words, process in started.items():
        _, complaints = process.communicate(timeout=120)
        assert (process.returncode, words in complaints, complaints.count("\n")) == (1, True, 1), complaints


def test_production_settings_pass_the_checks_of_django(tmp_path: Path) -> None:
    lines = (DEPLOY / "reportedly.env").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    known = {f"REPORTEDLY_{name.upper()}" for name in settings.Settings.__struct_fields__}
    assert {name for name in given if name.startswith("REPORTEDLY_")} <= known
    given |= {"REPORTEDLY_SECRET_KEY": "", "REPORTEDLY_DATA_FOLDER": str(tmp_path)}
    given["DATABASE_URL"] = f"sqlite:///{tmp_path}/served.db"
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(
        command, env=environment(tmp_path) | given, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_units_run_commands_that_there_are() -> None:
    units = {path.name: path.read_text().replace("\\\n", " ") for path in DEPLOY.glob("*.service")}
    assert set(units) == {"reportedly-site.service", "reportedly-work.service"}
    for text in units.values():
        assert "User=reportedly" in text and "EnvironmentFile=/etc/reportedly/reportedly.env" in text
    (work,) = re.findall(r"^ExecStart=/opt/reportedly/bin/reportedly (.*)$", units["reportedly-work.service"], re.M)
    command, *options = work.split()
    told = CliRunner().invoke(cli.app, [command, "--help"], env={"COLUMNS": "200"})
    assert told.exit_code == 0 and options == ["--stay"] and all(one in told.output for one in options)
    (site_,) = re.findall(r"^ExecStart=/opt/reportedly/bin/granian (.*)$", units["reportedly-site.service"], re.M)
    known = click.testing.CliRunner().invoke(granian.cli.cli, ["--help"]).output
    assert "--interface" in known and [one for one in re.findall(r"--[a-z-]+", site_) if one not in known] == []


def test_a_token_is_made_for_somebody_who_may_sign_in(
    record: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", record)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", site.CONFIGURATION)
    with pytest.raises(ReportedlyError, match="nobody: no such user"):
        site.token("nobody")
    User.objects.create(username="coder")
    site.token("coder", note="nightly", days=2)
    made = capsys.readouterr().out.strip()
    assert tokens.user(made) == "coder"
    site.token("coder", show=True)
    listed = capsys.readouterr().out
    assert "nightly" in listed and "ends" in listed and made not in listed
    number = int(listed.split(":")[0])
    with pytest.raises(RecordError, match="no such token"):
        site.token("other", revoke=number)
    site.token("coder", revoke=number)
    assert tokens.user(made) is None
