"""Rooms: listing, power, blocks, purges of history, deletion."""

from urllib.parse import quote

from client import check

LOBBY = "!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c"
RIVER = "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA"
COPPER, COPPER_ALIAS = "!swvhqF1-tkkvhDDhG00SNxlyAWXTUYR5a2ECDAlU1KU", "#copper-4:chat.example"
GARDEN, GARDEN_MEMBER = "!qljAIgIsavwpRwx8VL6aCiza5iHbSrYE5beLo8XSnlY", "@ivo:chat.example"
OLD_ROOM = "!ZepyKtbcLZNGKKnNbs:chat.example"
OF_TWO = "!FOCaYM4B10BcBG71lYpmmFV6KTpnfzYOiDW6kbkRSps"
ENDED = ("complete", "failed")
KEPT = ("event_id", "sender", "type", "origin_server_ts", "content")


def flow(synadm):
    lists(synadm)
    one_room(synadm)
    power(synadm)
    history(synadm)
    deletion(synadm)
    deletion_that_waits(synadm)
    replacement(synadm)


def lists(synadm):
    check(synadm.json("room", "list")["total_rooms"] == 23, "all rooms")
    page = synadm.json("room", "list", "--from", 5, "--limit", 5)
    check(len(page["rooms"]) == 5 and page["next_batch"] == 10 and page["prev_batch"] == 0, f"a page: {page.keys()}")
    check(synadm.json("room", "list", "--sort", "joined_members")["rooms"][0]["room_id"] == LOBBY, "the biggest is first")
    check(synadm.json("room", "list", "--sort", "joined_members", "--reverse")["rooms"][-1]["room_id"] == LOBBY, "or last")
    check([room["name"] for room in synadm.json("room", "list", "--name", "LOBBY")["rooms"]] == ["lobby"], "by name")
    check(synadm.json("room", "list", "--empty")["total_rooms"] == 0, "none is empty")
    check(synadm.json("room", "list", "--not-empty")["total_rooms"] == 23, "so all are not")
    check([room["room_id"] for room in synadm.json("room", "search", "river-0")["rooms"]] == [RIVER], "by alias")
    check("lobby" in synadm.text("room", "search", "lobby"), "for people")


def one_room(synadm):
    details = synadm.json("room", "details", LOBBY)
    members = synadm.json("room", "members", LOBBY)
    check(details["name"] == "lobby" and details["canonical_alias"] == "#lobby:chat.example", f"lobby: {details}")
    check(details["joined_members"] == members["total"] == len(members["members"]), "its members")
    check(f"Total members in room: {members['total']}" in synadm.text("room", "members", LOBBY), "for people")
    types = {event["type"] for event in synadm.json("room", "state", LOBBY)["state"]}
    check({"m.room.create", "m.room.name", "m.room.power_levels"} <= types, f"its state: {types}")
    synadm.refused("M_NOT_FOUND", "room", "details", "!nothing:chat.example")
    check(synadm.json("room", "resolve", "#lobby:chat.example") == LOBBY, "the room of an alias")
    check(synadm.json("room", "resolve", "--reverse", LOBBY) == {"aliases": ["#lobby:chat.example"]}, "aliases of a room")


def power(synadm):
    check(synadm.json("room", "join", RIVER, "@olga:chat.example") == {"room_id": RIVER}, "joined")
    check("@olga:chat.example" in synadm.json("room", "members", RIVER)["members"], "is a member")
    check(synadm.json("room", "make-admin", RIVER, "--user-id", "@olga:chat.example") == {}, "made admin")
    levels = synadm.json("room", "power-levels", "--room-id", RIVER)["rooms"][0]["power_levels"]
    check(levels["@olga:chat.example"] == 100, f"power: {levels}")
    check(len(synadm.json("room", "power-levels", "--limit", 3, "--all-details")["rooms"]) == 3, "of three rooms")
    check(synadm.json("room", "block", RIVER) == {"block": True}, "blocked")
    check(synadm.json("room", "block-status", RIVER) == {"block": True, "user_id": "@admin:chat.example"}, "is blocked")
    synadm.refused("M_UNKNOWN", "room", "join", RIVER, "@helperbot:chat.example")
    check(synadm.json("room", "block", RIVER, "--unblock") == {"block": False}, "unblocked")
    check(synadm.json("room", "block-status", RIVER) == {"block": False}, "is not blocked")
    synadm.json("room", "join", "#river-0:chat.example", "@helperbot:chat.example")


def history(synadm):
    before = events(synadm, RIVER)
    middle = before[len(before) // 2]["origin_server_ts"]
    job = synadm.json("history", "purge", RIVER, "--before-ts", middle, "--delete-local")["purge_id"]
    end = synadm.until(lambda answer: answer["status"] in ENDED, "history", "purge-status", job)
    check(end == {"status": "complete"}, f"purge: {end}")
    left = events(synadm, RIVER)
    check(0 < len(left) < len(before), f"{len(left)} of {len(before)} messages are left")
    check(left == before[-len(left):], "the newest, as they were")
    check(sum(event["origin_server_ts"] < middle for event in left) < 5, "of the older ones, those beside the last alone")
    check("@olga:chat.example" in synadm.json("room", "members", RIVER)["members"], "members stay")
    synadm.refused("M_NOT_FOUND", "history", "purge", RIVER, "--before-event-id", "$nothing")


def deletion(synadm):
    check(GARDEN in synadm.json("user", "membership", "--ids", GARDEN_MEMBER)["joined_rooms"], "a member before")
    job = synadm.json("room", "delete", GARDEN, "--block")["delete_id"]
    end = synadm.until(lambda answer: answer["status"] in ENDED, "room", "delete-status", "--delete-id", job)
    check(end["status"] == "complete" and GARDEN_MEMBER in end["shutdown_room"]["kicked_users"], f"deletion: {end}")
    by_room = synadm.json("room", "delete-status", "--room-id", GARDEN)["results"]
    check([task["delete_id"] for task in by_room] == [job], f"by room: {by_room}")
    synadm.refused("M_NOT_FOUND", "room", "details", GARDEN)
    check("Room not found." in synadm.text("room", "delete", GARDEN, exit_code=1), "gone for people")
    check(GARDEN not in synadm.json("user", "membership", "--ids", GARDEN_MEMBER)["joined_rooms"], "no member any more")
    check(synadm.json("room", "block-status", GARDEN)["block"] is True, "stays blocked")
    tasks = synadm.json("raw", "v1/scheduled_tasks?action_name=shutdown_and_purge_room&status=complete")["scheduled_tasks"]
    check([task["id"] for task in tasks] == [job], f"tasks: {tasks}")


def deletion_that_waits(synadm):
    gone = synadm.json("room", "delete", OF_TWO, "--v1")
    check(len(gone["kicked_users"]) == 2 and gone["failed_to_kick_users"] == [] and gone["new_room_id"] is None, f"waited: {gone}")
    synadm.refused("M_NOT_FOUND", "room", "details", OF_TWO)
    # A call that waits too long is answered before the job has ended.
    synadm.json("room", "delete", OLD_ROOM, "--force-purge", "--v1")
    synadm.refused_at_last("M_NOT_FOUND", "room", "details", OLD_ROOM)


def replacement(synadm):
    """Members are moved to a new room; the old one is empty then, and purged as such."""
    words = ["--new-room-user-id", "@admin:chat.example", "--room-name", "Closed", "--message", "Bye", "--no-purge"]
    job = synadm.json("room", "delete", COPPER, *words)["delete_id"]
    end = synadm.until(lambda answer: answer["status"] in ENDED, "room", "delete-status", "--delete-id", job)
    new = end["shutdown_room"]["new_room_id"]
    check(end["shutdown_room"]["local_aliases"] == [COPPER_ALIAS], f"moved: {end}")
    check(synadm.json("room", "details", new)["name"] == "Closed", "the new room's name")
    check(synadm.json("room", "resolve", COPPER_ALIAS) == new, "the alias leads to it")
    check(set(end["shutdown_room"]["kicked_users"]) <= set(synadm.json("room", "members", new)["members"]), "members moved")
    check(synadm.json("room", "details", COPPER)["joined_members"] == 0, "the old room is empty")

    synadm.until(lambda rooms: rooms == [COPPER], "room", "purge-empty", "--dry-run")
    job = synadm.json("room", "purge-empty")["delete_id"]
    end = synadm.until(lambda answer: answer["status"] in ENDED, "room", "delete-status", "--delete-id", job)
    check(end["status"] == "complete", f"purge: {end}")
    synadm.refused("M_NOT_FOUND", "room", "details", COPPER)
    synadm.until(lambda rooms: rooms == [], "room", "purge-empty", "--dry-run")


def events(synadm, room):
    """What was written in a room, oldest first."""
    chunk = synadm.json("raw", f"v1/rooms/{quote(room)}/messages?dir=f&limit=1000")["chunk"]
    return [{key: event[key] for key in KEPT} for event in chunk if "state_key" not in event]
