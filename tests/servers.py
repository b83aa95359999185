"""Real servers on loopback for the tests of deploy, each ended by its own process id."""

import getpass
import http.client
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple, Self

import obstore
import pytest
from obstore.store import S3Store


def needs(program: str) -> str:
    """The path of a program; without it the test is skipped by name, and fails in CI."""
    own = Path(sys.executable).parent
    of_npm = own.parent / "tools/node_modules/.bin"  # where the Makefile has npm put things
    beside = os.pathsep.join([str(own), str(of_npm), "/usr/sbin", "/sbin"])
    found = shutil.which(program, path=beside) or shutil.which(program)
    if found:
        return found
    assert not os.environ.get("CI"), f"{program} is missing"
    pytest.skip(f"{program} is not installed")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextmanager
def running(command: Sequence[str], port: int, log: Path, **environment: str) -> Iterator[None]:
    """A server process, from the moment when it takes connections."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ, **environment})
    try:
        wait_for(port, process, log)
        yield
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Returns when a server takes connections; fails when it has ended."""
    tick = threading.Event()
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None, log.read_text()
            tick.wait(0.1)
        else:
            return
    pytest.fail(f"no server on port {port}: {log.read_text()}")


class Ssh(NamedTuple):
    """How to reach an ssh server."""

    host: str  # user@host
    command: str  # that connects


@contextmanager
def ssh_server(folder: Path) -> Iterator[Ssh]:
    """An ssh server for this very user, with keys of its own."""
    sshd, keygen = needs("sshd"), needs("ssh-keygen")
    folder.mkdir()
    for key in ("host", "user"):
        subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)], check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    port = free_port()
    (folder / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\nUsePAM no\nStrictModes no\n"
        f"AuthorizedKeysFile {folder}/authorized\nPermitRootLogin prohibit-password\nPasswordAuthentication no\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where sshd as root wants to lock itself in
    client = f"ssh -p {port} -i {folder}/user -o UserKnownHostsFile={folder}/known -o StrictHostKeyChecking=accept-new"
    with running([sshd, "-D", "-e", "-f", str(folder / "config")], port, folder / "log"):
        yield Ssh(f"{getpass.getuser()}@127.0.0.1", f"{client} -o BatchMode=yes")


class Bucket(NamedTuple):
    """A bucket of a server with the interface of S3."""

    endpoint: str
    software: str
    name: str = "digest"

    @property
    def port(self) -> int:
        return int(self.endpoint.rpartition(":")[2])

    def behind(self, port: int) -> "Bucket":
        """The same bucket, by way of another port."""
        return self._replace(endpoint=f"http://127.0.0.1:{port}")

    def store(self, prefix: str = "") -> S3Store:
        """A client of ours, beside the one that is tested."""
        return S3Store(
            self.name,
            prefix=prefix or None,
            endpoint=self.endpoint,
            region="us-east-1",
            access_key_id=KEY,
            secret_access_key=SECRET,
            client_options={"allow_http": True},
        )

    def files(self, prefix: str = "") -> dict[str, bytes]:
        """What the bucket holds."""
        store = self.store(prefix)
        paths = [item["path"] for chunk in obstore.list(store) for item in chunk]
        return {path: bytes(obstore.get(store, path).bytes()) for path in paths}

    def paths(self) -> set[str]:
        return {item["path"] for chunk in obstore.list(self.store()) for item in chunk}

    def headers(self, path: str) -> dict[str, str]:
        return {str(name): value for name, value in obstore.get(self.store(), path).attributes.items()}

    def clear(self) -> None:
        if paths := self.paths():
            obstore.delete(self.store(), sorted(paths))


KEY, SECRET = "AKIDAKIDAKID", "mostsecretword"


@contextmanager
def rclone_bucket(folder: Path) -> Iterator[Bucket]:
    """A bucket of `rclone serve s3`."""
    rclone, port = needs("rclone"), free_port()
    (folder / "files" / "digest").mkdir(parents=True)
    (folder / "rclone.conf").touch()
    command = [
        rclone,
        "serve",
        "s3",
        "--addr",
        f"127.0.0.1:{port}",
        "--auth-key",
        f"{KEY},{SECRET}",
        "--etag-hash",
        "MD5",
    ]
    with running([*command, str(folder / "files")], port, folder / "log", RCLONE_CONFIG=str(folder / "rclone.conf")):
        yield Bucket(f"http://127.0.0.1:{port}", "rclone")


@contextmanager
def moto_bucket(folder: Path) -> Iterator[Bucket]:
    """A bucket of the moto server."""
    moto, port = needs("moto_server"), free_port()
    with running([moto, "-H", "127.0.0.1", "-p", str(port)], port, folder / "log"):
        bucket = Bucket(f"http://127.0.0.1:{port}", "moto")
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("PUT", f"/{bucket.name}")
        assert connection.getresponse().status == HTTPStatus.OK
        connection.close()
        yield bucket


class CuttingProxy:
    """Passes connections on to a server; once so many bytes have gone through, it cuts them all and takes no more."""

    def __init__(self, port: int, limit: int) -> None:
        self.target, self.left, self.is_cut = port, limit, False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.sockets: list[socket.socket] = []
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self._accept)]

    def __enter__(self) -> Self:
        self.threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        shut(self.listener)  # ends the wait for the next connection
        for thread in self.threads:
            thread.join()
        for one in (self.listener, *self.sockets):
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.target))
                self.sockets += [near, far]
                for one, other in ((near, far), (far, near)):
                    self.threads.append(threading.Thread(target=self._pass, args=(one, other)))
                    self.threads[-1].start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65_536):
                with self.lock:
                    self.left -= len(data)
                if self.left < 0:
                    self.cut()
                other.sendall(data)
        except OSError:
            pass
        shut(one)
        shut(other)

    def cut(self) -> None:
        with self.lock:
            self.is_cut = True
            for one in self.sockets:
                shut(one)


def shut(one: socket.socket) -> None:
    """Ends a connection, whoever waits on it."""
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
