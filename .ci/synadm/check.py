"""The run: see the file "run" beside this one."""

import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

import media
import program
import rooms
import users
from client import Synadm, check
from stack import LiveSynapse, OwnStore

ADMIN = "@admin:chat.example"

# Asks for what neither server has: a room for notices, and groups, which Synapse itself gave up.
NOT_SERVED = {"notice send", "group delete"}


def greet(synadm, stack):
    """With the token that "up" wrote, then with that of the community's own admin, as calls of users need an account."""
    synadm.configure(stack.url, (stack.folder / "admin-token").read_text().strip())
    check("server_version" in synadm.json("version"), "no version")
    check(synadm.json("user", "details", ADMIN)["admin"], "who is an admin")
    synadm.configure(stack.url, synadm.json("matrix", "login", ADMIN, "--password", "adminpw")["access_token"])
    check(synadm.json("matrix", "raw", "client/v3/account/whoami")["user_id"] == ADMIN, "who I am")
    check(synadm.json("raw", "v1/users/%40ada%3Achat.example/admin") == {"admin": False}, "ada is an admin")
    synadm.refused("M_UNRECOGNIZED", "group", "delete", "+group:chat.example")
    notice = synadm.json("notice", "send", "@ada:chat.example", "Hello")
    check([answer["errcode"] for answer in notice] == [stack.expected.notice], f"a notice was sent: {notice}")


def all_were_used(synadm):
    left = set(program.commands()) - synadm.used
    check(not left, f"commands of synadm that were not tried: {sorted(left)}")
    return len(synadm.used - NOT_SERVED)


def main(server, file):
    began = time.monotonic()
    with open(file, "w") as transcript, tempfile.TemporaryDirectory(prefix="synadm-") as home, server() as stack:
        synadm = Synadm(home, transcript)
        try:
            greet(synadm, stack)
            users.flow(synadm, stack)
            media.flow(synadm, stack)
            rooms.flow(synadm)
            served = all_were_used(synadm)
        except Exception as wrong:
            transcript.write(f"WRONG: {wrong!r}\n")
            traceback.print_exc()
            print(f"synadm: not as it has to be; see {file}. The log of Bailiff ends:\n{stack.log_tail()}", file=sys.stderr)
            return 1
    print(f"synadm: {synadm.count} runs of {served} commands, all as they have to be, in {time.monotonic() - began:.0f} s; see {file}")
    return 0


if __name__ == "__main__":
    # So that what was started is stopped then too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    sys.exit(main({"own-store": OwnStore, "synapse": LiveSynapse}[sys.argv[1]], Path(sys.argv[2])))
