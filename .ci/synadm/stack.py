"""Bailiff as a person starts it: ./bailiff up, in a data folder of its own, with the sample imported."""

import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
COMMUNITY = HOME / "examples" / "community"
START_LIMIT = 600  # seconds; the first start may have to build
STOP_LIMIT = 60  # a machine at work on other things may take longer than the 10 s that are promised


class Stack:
    """Up from the beginning of the with-block to its end, on free ports."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="bailiff-synadm-"))
        self.process = None
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start(self):
        self.process = subprocess.Popen(
            [HOME / "bailiff", "up", "--data", self.folder, "--port", "0", "--workers", "1"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        in_time = select.select([self.process.stdout], [], [], START_LIMIT)[0]
        ready = self.process.stdout.readline().split() if in_time else []
        if ready[:1] != ["ready"]:
            raise RuntimeError(f"bailiff up did not get ready\n{self.log_tail()}")
        self.url = ready[1]
        imported = subprocess.run(
            [HOME / "bailiff", "import", COMMUNITY, "--data", self.folder, "--json"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            timeout=START_LIMIT,
            check=True,
        )
        self.imported = json.loads(imported.stdout)

    def media_files(self):
        """How many files of media lie in the media folder, without thumbnails."""
        return sum(1 for path in (self.folder / "media" / "media").rglob("*") if path.is_file())

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
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_LIMIT)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                self._stop_postgres()
        shutil.rmtree(self.folder, ignore_errors=True)
