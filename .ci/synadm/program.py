"""The installed synadm: its own entry point, in a process for each command.

It is loaded once and forked for each, as loading takes half a second.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback

import click
import synadm.cli._helper  # noqa: F401, which synadm loads with its first command
from synadm import cli

LIMIT = 60  # seconds


def commands(group=cli.root, name=()):
    """Every command there is, such as "user list"."""
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, name + (word,))
        else:
            yield " ".join(name + (word,))


def run(words, home):
    """Runs a command to its end; returns what it printed, and its exit code."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = os.fork()
        if child == 0:
            _be_synadm(words, home, out, err)
        code = _await(child)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(words, code, out.read(), err.read())


def _be_synadm(words, home, out, err):
    """What the child does; it never returns."""
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        os.environ["HOME"] = str(home)
        sys.argv = ["synadm", *words]
        cli.root()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _await(child):
    end = time.monotonic() + LIMIT
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.005)
