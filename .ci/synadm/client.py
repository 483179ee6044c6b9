"""Commands of synadm, run as a person runs them, and written down with what they printed."""

import json
import time
from pathlib import Path

import program

JOB_LIMIT = 120  # seconds
POLL = 0.3


class Wrong(Exception):
    """Something was not as it has to be."""


def check(holds, what):
    """Ends the run unless what is said holds."""
    if not holds:
        raise Wrong(what)


class Synadm:
    """synadm with a configuration and a home folder of its own."""

    def __init__(self, folder, transcript):
        self.folder = Path(folder)
        self.config = self.folder / "synadm.yaml"
        self.transcript = transcript
        self.used = set()
        self.count = 0

    def json(self, *words):
        """The last JSON that a command prints, its answer; if that is a server's error, the run ends."""
        answer = self._parse(self._run(words, "minified"))[-1]
        check("errcode" not in answer, f"an error: {answer}")
        return answer

    def all_json(self, *words):
        """Every JSON that a command prints on its way, none of which may be an error."""
        answers = self._parse(self._run(words, "minified"))
        for answer in answers:
            check("errcode" not in answer, f"an error: {answer}")
        return answers

    def refused(self, errcode, *words):
        """A command that the server has to refuse with this code; it prints the server's error."""
        answer = self._parse(self._run(words, "minified"))[-1]
        check(answer.get("errcode") == errcode, f"not {errcode} but {answer}")
        check(isinstance(answer.get("error"), str), f"no text: {answer}")
        return answer

    def refused_at_last(self, errcode, *words):
        """Repeats a command until the server refuses it with this code."""
        end = time.monotonic() + JOB_LIMIT
        while self._parse(self._run(words, "minified"))[-1].get("errcode") != errcode:
            check(time.monotonic() < end, f"still not refused after {JOB_LIMIT} s")
            time.sleep(POLL)

    def text(self, *words, exit_code=0):
        """What a command prints for people."""
        return self._run(words, "human", exit_code)

    def until(self, done, *words):
        """Repeats a command until its answer is as wished; returns that answer."""
        end = time.monotonic() + JOB_LIMIT
        while True:
            answer = self.json(*words)
            if done(answer):
                return answer
            check(time.monotonic() < end, f"still not there after {JOB_LIMIT} s: {answer}")
            time.sleep(POLL)

    def configure(self, url, token):
        """Has synadm write its configuration. The server's name must be said: federation is not served."""
        words = ["config", "--user", "admin", "--token", token, "--base-url", url, "--admin-path", "/_synapse/admin"]
        words += ["--matrix-path", "/_matrix", "--timeout", "60", "--output", "yaml", "--server-discovery", "well-known"]
        words += ["--homeserver", "chat.example", "--ssl-verify"]
        self._run(words, None, hidden=token)
        check(self.config.exists(), "no configuration was written")

    def _run(self, words, output, exit_code=0, hidden=None):
        words = [str(word) for word in words]
        options = ["--no-confirm", "--config-file", str(self.config)] + (["--output", output] if output else [])
        self._remember(words)
        shown = " ".join(["synadm"] + (["-o", output] if output else []) + [self._quoted(word) for word in words])
        self._write(f"$ {shown.replace(hidden, '<token>') if hidden else shown}\n")
        run = program.run([*options, *words], home=self.folder)
        self._write(run.stdout + run.stderr + "\n")
        self.count += 1
        check(run.returncode == exit_code, f"{shown}: exit code {run.returncode}\n{run.stdout}{run.stderr}")
        check("Traceback" not in run.stderr, f"{shown}: {run.stderr}")
        return run.stdout

    def _remember(self, words):
        self.used.add(words[0] if words[0] in ("version", "raw", "config") else " ".join(words[:2]))

    def _write(self, text):
        self.transcript.write(text)
        self.transcript.flush()

    @staticmethod
    def _parse(stdout):
        answers = [json.loads(line) for line in stdout.splitlines() if line[:1] in ("{", "[", '"')]
        check(answers, f"no JSON: {stdout}")
        return answers

    @staticmethod
    def _quoted(word):
        return word if word and all(c.isalnum() or c in "@:._-/=?&%" for c in word) else "'" + word + "'"
