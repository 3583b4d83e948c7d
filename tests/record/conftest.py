"""A record to test with, on every database: each test that asks for `record` runs on SQLite and on PostgreSQL.

PostgreSQL is started once a run, in a folder of its own and as its own user (it refuses to run as root); where its
programs are not installed, its tests are skipped.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest

from reportedly.record import setup

setup.configure()  # before the tests import the models

#: Where Debian keeps the server's programs, outside of PATH.
DEBIAN = Path("/usr/lib/postgresql")
_numbers = count(1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty record, to be copied: making its tables takes longer than most tests."""
    path = tmp_path_factory.mktemp("record") / "empty.db"
    setup.open_record(f"sqlite:///{path}")
    setup.close()
    return path


@pytest.fixture(scope="session")
def postgres_template() -> Iterator[Callable[[str], str]]:
    """A server with an empty record; called with a name, it makes a copy and says its address."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL's server is not installed")
    folder = Path(tempfile.mkdtemp(prefix="reportedly-pg-"))
    server = _start(programs, folder)
    address = f"postgres://postgres@{quote(str(folder), safe='')}"
    try:
        _sql(programs, folder, "CREATE DATABASE empty")
        setup.open_record(f"{address}/empty")
        setup.close()
        yield lambda name: _copy(programs, folder, f"{address}/{name}", name)
    finally:
        setup.close()
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """The folder of the server's programs."""
    found = shutil.which("initdb")
    newest = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return Path(found).parent if found and not newest else newest[-1].parent if newest else None


def _user() -> str | None:
    """Whom the server runs as, where it is not whoever runs the tests."""
    if os.getuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        pytest.skip("root cannot run PostgreSQL, and there is no user postgres")


def _start(programs: Path, folder: Path) -> subprocess.Popen[bytes]:
    user = _user()
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    made = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]
    subprocess.run(made, check=True, capture_output=True, user=user, cwd=folder)
    quick = ["-c", "fsync=off", "-c", "listen_addresses=", "-c", "full_page_writes=off", "-k", str(folder)]
    log = (folder / "log").open("wb")
    server = subprocess.Popen(
        [programs / "postgres", "-D", data, *quick], stdout=log, stderr=log, user=user, cwd=folder
    )
    for _ in range(300):
        if subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode == 0:
            return server
        time.sleep(0.1)
    raise RuntimeError((folder / "log").read_text())


def _sql(programs: Path, folder: Path, command: str) -> None:
    psql = [programs / "psql", "-q", "-h", folder, "-U", "postgres", "-c", command, "postgres"]
    subprocess.run(psql, check=True, capture_output=True)


def _copy(programs: Path, folder: Path, address: str, name: str) -> str:
    _sql(programs, folder, f"CREATE DATABASE {name} TEMPLATE empty")
    return address


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty record, with its tables: once on SQLite, once on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "record.db")
        yield f"sqlite:///{tmp_path / 'record.db'}"
    else:
        yield request.getfixturevalue("postgres_template")(f"record_{next(_numbers)}")
    setup.close()


@pytest.fixture
def record(database: str) -> str:
    """An empty record, opened: its address."""
    setup.open_record(database)
    return database


@pytest.fixture
def sqlite_record(tmp_path: Path, sqlite_template: Path) -> Iterator[str]:
    """An empty record on SQLite alone, opened, for what is not about the database."""
    shutil.copy(sqlite_template, tmp_path / "record.db")
    setup.open_record(f"sqlite:///{tmp_path / 'record.db'}")
    yield f"sqlite:///{tmp_path / 'record.db'}"
    setup.close()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def shared_record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One record, on each database, for all tests of a module: what they only read is made once. DATABASE_URL names
    it."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("shared") / "record.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        address = f"sqlite:///{path}"
    else:
        address = request.getfixturevalue("postgres_template")(f"record_{next(_numbers)}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", address)
        setup.open_record(address)
        yield address
        setup.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own with hardly any room; only root can make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", folder], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("a small disk can be made by root alone")
    yield folder
    setup.close()
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture(scope="session")
def war_on_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with the made-up war of `war`, to be copied."""
    path = tmp_path_factory.mktemp("war") / "war.db"
    shutil.copy(sqlite_template, path)
    _build_war(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def war_on_postgres(postgres_template: Callable[[str], str]) -> Callable[[str], str]:
    """As `war_on_sqlite`; called with a name, it makes a copy and says its address."""
    address = postgres_template("war")
    _build_war(address)

    def copy(name: str) -> str:
        import psycopg

        server = address.removesuffix("/war").replace("postgres://", "postgresql://")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE war".encode())
        return address.removesuffix("war") + name

    return copy


def _build_war(address: str) -> None:
    from tests.record import war

    setup.open_record(address)
    war.build()
    setup.close()


@pytest.fixture(params=["sqlite", "postgres"])
def war_record(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A record with the made-up war, opened, on each database: its address."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("war_on_sqlite"), tmp_path / "record.db")
        address = f"sqlite:///{tmp_path / 'record.db'}"
    else:
        address = request.getfixturevalue("war_on_postgres")(f"record_{next(_numbers)}")
    setup.open_record(address)
    yield address
    setup.close()
