"""Bailiff as a person starts it: ./bailiff up, in a data folder of its own, before the sample community."""

import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import differences

HOME = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
COMMUNITY = HOME / "examples" / "community"
ENVIRONMENT = HOME / "target" / "synapse-environment"  # that of the tests
START_LIMIT = 600  # seconds; the first start may have to build, or to install Synapse
STOP_LIMIT = 60  # a machine at work on other things may take longer than the 10 s that are promised


class OwnStore:
    """Up on the imported snapshot from the beginning of the with-block to its end, on free ports."""

    expected = differences.OWN_STORE

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="bailiff-synadm-"))
        self.folder.chmod(0o711)  # PostgreSQL may run as another user
        self.processes = []
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start(self):
        self._up()
        self._bailiff("import", COMMUNITY, "--data", self.folder, "--json")

    def _up(self, *options):
        process = subprocess.Popen(
            [HOME / "bailiff", "up", "--data", self.folder, "--port", "0", "--workers", "1", "--approvals", "off", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.processes.append(process)
        in_time = select.select([process.stdout], [], [], START_LIMIT)[0]
        ready = process.stdout.readline().split() if in_time else []
        if ready[:1] != ["ready"]:
            raise RuntimeError(f"bailiff up did not get ready\n{self.log_tail()}")
        self.url = ready[1]

    @staticmethod
    def _bailiff(*words):
        """Runs a command to its end, and returns what it printed."""
        run = subprocess.run(
            [HOME / "bailiff", *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, timeout=START_LIMIT, check=True
        )
        return run.stdout

    def media_files(self):
        """How many files of media lie in the media folder, without thumbnails."""
        return sum(1 for path in (self.folder / self.expected.media).rglob("*") if path.is_file())

    def log_tail(self):
        """The end of the log, for whoever looks for the reason of a failure."""
        log = self.folder / "bailiff.log"
        return log.read_text(errors="replace")[-4000:] if log.exists() else ""

    def _stop_postgres(self):
        """PostgreSQL outlives a process that is killed."""
        lock = self.folder / "postgres" / "data" / "postmaster.pid"
        if lock.exists():
            os.kill(int(lock.read_text().split()[0]), signal.SIGQUIT)

    def __exit__(self, *_):
        for process in reversed(self.processes):
            if process.poll() is None:
                if process.stdin:
                    process.stdin.close()
                else:
                    process.send_signal(signal.SIGTERM)
                try:
                    process.wait(STOP_LIMIT)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
                    self._stop_postgres()
        shutil.rmtree(self.folder, ignore_errors=True)


class LiveSynapse(OwnStore):
    """Up in front of a real Synapse that holds the community."""

    expected = differences.SYNAPSE

    def _start(self):
        service_token = self.folder / "synapse-service-token"
        registration = self.folder / "synapse-registration.yaml"
        words = ("synapse", "registration", "--server-name", "chat.example", "--token-file", service_token)
        registration.write_text(self._bailiff(*words))
        url = self._synapse(registration)
        admin_token = self.folder / "synapse-admin-token"
        self._up("--synapse", url, "--admin-token-file", admin_token, "--appservice-token-file", service_token)

    def _synapse(self, registration):
        """Starts Synapse on the community; returns its address."""
        jars = (HOME / "standalone" / "target").glob("bailiff-standalone-*.jar")
        jar = max(jars, key=lambda file: file.stat().st_mtime)
        java = Path(os.environ["JAVA_HOME"]) / "bin" / "java" if "JAVA_HOME" in os.environ else "java"
        program = [java, "-Xmx256m", "-cp", jar, HERE / "CommunitySynapse.java"]
        words = [self.folder, ENVIRONMENT, registration, COMMUNITY, HERE / "community-synapse.sql.xz"]
        with open(self.folder / "synapse.log", "w") as log:
            process = subprocess.Popen([*program, *words], stdin=subprocess.PIPE, stdout=log, stderr=log)
        self.processes.append(process)
        file = self.folder / "synapse-url"
        end = time.monotonic() + START_LIMIT
        while not file.exists():
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"Synapse did not start\n{Path(log.name).read_text()[-4000:]}")
            time.sleep(0.1)
        return file.read_text().strip()
