"""Media: listing, protecting, quarantining, deleting."""

from client import check

FAYE = "@faye:chat.example"
LOBBY = "!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c"
LONG_AGO, LATER = 1400000000000, 1795371887085
UPLOADS = "v1/statistics/users/media?limit=1000"


def flow(synadm, stack):
    ids = [medium["media_id"] for medium in synadm.json("media", "list", "--user-id", FAYE)["media"]]
    check(len(ids) == 9, f"{len(ids)} media of faye")
    quarantine(synadm, ids)
    one_by_one(synadm, stack, ids)
    by_date(synadm, stack)
    together(synadm)
    check(synadm.json("media", "purge", "--before-ts", LATER) == {"deleted": 0}, "no copies of other servers' media")


def quarantine(synadm, ids):
    check(synadm.json("media", "quarantine", "--media-id", ids[0]) == {}, "by id")
    check(synadm.json("media", "quarantine", "--mxc-uri", f"mxc://chat.example/{ids[1]}") == {}, "by URI")
    check(quarantined(synadm) >= {ids[0], ids[1]}, "both are in quarantine")
    by = synadm.json("raw", f"v1/media/chat.example/{ids[0]}")["media_info"]["quarantined_by"]
    check(by == "@admin:chat.example", f"put there by {by}")
    check(synadm.json("media", "unquarantine", "--media-id", ids[0]) == {}, "released by id")
    check(synadm.json("media", "unquarantine", "--mxc-uri", f"mxc://chat.example/{ids[1]}") == {}, "released by URI")
    check(not quarantined(synadm), "none is in quarantine")
    check(synadm.json("media", "protect", ids[2]) == {}, "protected")
    info = synadm.json("raw", f"v1/media/chat.example/{ids[2]}")["media_info"]
    check(info["safe_from_quarantine"] is True and info["user_id"] == FAYE, f"protected: {info}")


def one_by_one(synadm, stack, ids):
    files = stack.media_files()
    check(synadm.json("media", "delete", "--media-id", ids[3]) == {"deleted_media": [ids[3]], "total": 1}, "deleted by id")
    check(stack.media_files() == files - 1, "its file is gone")
    synadm.refused("M_NOT_FOUND", "raw", f"v1/media/chat.example/{ids[3]}")
    synadm.refused("M_NOT_FOUND", "media", "delete", "--media-id", ids[3])
    check(synadm.json("user", "media", FAYE)["total"] == 8, "eight are left")


def by_date(synadm, stack):
    check(synadm.json("media", "delete", "--before-ts", LONG_AGO) == {"deleted_media": [], "total": 0}, "nothing is as old")
    uploads, files = uploaded(synadm), stack.media_files()
    deleted = synadm.json("media", "delete", "--before-ts", LATER, "--size", 5, "--delete-profiles")
    check(deleted["total"] == len(deleted["deleted_media"]) > 0, f"deleted by size: {deleted}")
    check(uploaded(synadm) == uploads - deleted["total"], "their records are gone")
    check(stack.media_files() == files - deleted["total"], "their files are gone")


def together(synadm):
    uris = synadm.json("media", "list", "--room-id", LOBBY)
    check(uris["local"] and all(uri.startswith("mxc://chat.example/") for uri in uris["local"]), f"of the lobby: {uris}")
    check(synadm.json("media", "quarantine", "--room-id", LOBBY)["num_quarantined"] > 0, "of a room")
    check(synadm.json("media", "quarantine", "--user-id", FAYE)["num_quarantined"] > 0, "of a user")
    media = synadm.json("user", "media", FAYE, "--timestamp")["media"]
    check(all((medium["quarantined_by"] is None) == medium["safe_from_quarantine"] for medium in media), f"all but the protected: {media}")


def quarantined(synadm):
    return {medium["media_id"] for medium in synadm.json("user", "media", FAYE)["media"] if medium["quarantined_by"]}


def uploaded(synadm):
    return sum(user["media_count"] for user in synadm.json("raw", UPLOADS)["users"])
