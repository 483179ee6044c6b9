"""Users: listing, changing, logging in, redacting, deactivating."""

import json
from urllib.parse import quote

from client import check

ADA = "@ada:chat.example"
NEW = "@newcomer:chat.example"
SPAMMER = "@crypto-gain-01:chat.example"
LOBBY = "!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c"


def flow(synadm, stack):
    lists(synadm, stack.expected.service_accounts)
    one_user(synadm)
    accounts(synadm)
    sessions(synadm)
    registration(synadm)
    redaction(synadm)
    deactivation(synadm)


def lists(synadm, more):
    """The community's users, and more that are the server's own."""
    usual = synadm.json("user", "list")
    check(usual["total"] == 68 + more, f"71 users without two deactivated ones and a locked one, not {usual['total']}")
    check("next_token" not in usual, "one page is all")
    everybody = synadm.json("user", "list", "--deactivated", "--locked", "--sort-by", "creation_ts", "--reverse")
    check(everybody["total"] == 71 + more, f"{everybody['total']} users")
    times = [user["creation_ts"] for user in everybody["users"]]
    check(times == sorted(times, reverse=True), "newest first")
    page = synadm.json("user", "list", "--from", 20, "--limit", 10)
    check(len(page["users"]) == 10 and page["next_token"] == "30", f"a page: {page.get('next_token')}")
    check(synadm.json("user", "list", "--admins")["total"] == 1 + more, "one admin")
    check(synadm.json("user", "list", "--no-guests", "--non-admins", "--exclude-user-type", "bot")["total"] == 65, "no guest, no admin, no bot")
    check(synadm.json("user", "list", "--name", "gain")["total"] == 24, "24 spammers by name")
    check(synadm.json("user", "list", "--user-id", ADA)["total"] == 1, "ada by id")
    found = synadm.all_json("user", "search", "CRYPTO")
    check([answer["total"] for answer in found] == [24, 24], "whatever the letter case")
    check(f"Total users on homeserver (excluding deactivated): {68 + more}" in synadm.text("user", "list"), "the list for people")


def one_user(synadm):
    ada = synadm.json("user", "details", ADA)
    check(ada["name"] == ADA and not ada["deactivated"] and ada["threepids"][0]["address"] == "ada@mail.example", f"ada: {ada}")
    synadm.refused("M_NOT_FOUND", "user", "details", "@nobody:chat.example")
    whois = synadm.json("user", "whois", ADA)
    check(whois["devices"][""]["sessions"][0]["connections"][0]["ip"] == "127.0.0.1", f"whois: {whois}")
    check(synadm.json("user", "membership", "--ids", ADA)["total"] == 8, "rooms of ada")
    check("#lobby:chat.example" in synadm.json("user", "membership", ADA)["joined_rooms"], "rooms by alias")
    check("User is member of 8 rooms." in synadm.text("user", "membership", ADA), "rooms for people")
    check(synadm.json("user", "media", ADA, "--limit", 3, "--sort", "media_length", "--reverse")["total"] == 8, "media of ada")
    check("User has uploaded 8 media blobs." in synadm.text("user", "media", ADA), "media for people")
    check(synadm.json("user", "3pid", "ada@mail.example", "--medium", "email") == {"user_id": ADA}, "by address")
    check(synadm.json("user", "auth-provider", "ada-1000", "--provider", "oidc-corp") == {"user_id": ADA}, "by external id")
    synadm.refused("M_NOT_FOUND", "user", "3pid", "nobody@mail.example", "--medium", "email")


def accounts(synadm):
    words = ["--password", "secret", "--display-name", "New", "--threepid", "email", "new@mail.example"]
    made = synadm.json("user", "modify", NEW, *words)
    check(made["displayname"] == "New" and made["threepids"][0]["address"] == "new@mail.example", f"made: {made}")
    words = ["--avatar-url", "mxc://chat.example/x", "--user-type", "support", "--admin", "--lock", "--clear-threepids"]
    changed = synadm.json("user", "modify", NEW, *words)
    check(changed["admin"] and changed["locked"] and changed["user_type"] == "support" and not changed["threepids"], f"changed: {changed}")
    changed = synadm.json("user", "modify", NEW, "--no-admin", "--unlock", "--user-type", "regular")
    check(not changed["admin"] and not changed["locked"] and changed["user_type"] is None, f"changed back: {changed}")
    check(synadm.json("user", "shadow-ban", NEW) == {}, "shadow-ban")
    check(synadm.json("user", "details", NEW)["shadow_banned"], "is shadow-banned")
    check("Successfully shadow-unbanned user" in synadm.text("user", "shadow-ban", "--unban", NEW), "unban")
    check(not synadm.json("user", "details", NEW)["shadow_banned"], "is shadow-banned no more")
    synadm.json("raw", "--method", "put", "--data", '{"suspend": true}', "v1/suspend/%40newcomer%3Achat.example")
    check(synadm.json("user", "details", NEW)["suspended"], "is suspended")
    synadm.json("raw", "--method", "put", "--data", '{"suspend": false}', "v1/suspend/%40newcomer%3Achat.example")


def sessions(synadm):
    login = synadm.json("matrix", "login", NEW, "--password", "secret")
    check(login["user_id"] == NEW, f"login: {login}")
    devices = "v2/users/%40newcomer%3Achat.example/devices"
    check(synadm.json("raw", devices)["devices"][0]["display_name"] == "synadm matrix login command", "a device")
    pruned = synadm.json("user", "prune-devices", NEW, "--device-id", login["device_id"], "--min-surviving", 0, "--timestamp")
    check([device["device_id"] for device in pruned] == [login["device_id"]], f"pruned: {pruned}")
    check(synadm.json("raw", devices)["total"] == 0, "no device is left")
    check("Password reset successfully." in synadm.text("user", "password", NEW, "--password", "other", "--no-logout"), "password")
    synadm.refused("M_FORBIDDEN", "matrix", "login", NEW, "--password", "secret")
    check(synadm.json("user", "password", NEW, "--password", "third") == {}, "password with logout")
    synadm.json("matrix", "login", NEW, "--password", "third")
    puppet = synadm.json("user", "login", NEW, "--expire-days", 1)["access_token"]
    check(synadm.json("matrix", "raw", "client/v3/account/whoami", "--token", puppet)["user_id"] == NEW, "acts as the user")
    check(synadm.json("matrix", "raw", "--method", "post", "client/v3/logout", "--token", puppet) == {}, "logout")
    synadm.refused("M_UNKNOWN_TOKEN", "matrix", "raw", "client/v3/account/whoami", "--token", puppet)
    check("access_token" in synadm.json("user", "login", NEW, "--expire-never"), "a token for ever")
    check("v1.1" in synadm.json("matrix", "raw", "client/versions")["versions"], "versions")


def registration(synadm):
    made = synadm.json("regtok", "new", "--token", "welcome", "--uses-allowed", 2)
    check(made == {"token": "welcome", "uses_allowed": 2, "pending": 0, "completed": 0, "expiry_time": None}, f"made: {made}")
    check(len(synadm.json("regtok", "new", "--length", 20, "--expiry-ts", 4102444800000)["token"]) == 20, "a random one")
    check(synadm.json("regtok", "update", "welcome", "--uses-allowed", -1)["uses_allowed"] is None, "for any number of uses")
    check(synadm.json("regtok", "details", "welcome")["token"] == "welcome", "details")
    check(len(synadm.json("regtok", "list", "--valid")["registration_tokens"]) == 2, "two are valid")
    check(synadm.json("regtok", "list", "--invalid")["registration_tokens"] == [], "none is not")
    check("successfully deleted" in synadm.text("regtok", "delete", "welcome"), "deleted")
    synadm.refused("M_NOT_FOUND", "regtok", "details", "welcome")


def redaction(synadm):
    sent = messages(synadm, SPAMMER)
    check(sent and all(event["content"] for event in sent), f"{len(sent)} messages of the spammer")
    job = synadm.json("user", "redact", SPAMMER, "--reason", "spam")["redact_id"]
    end = synadm.until(lambda answer: answer["status"] not in ("scheduled", "active"), "user", "redact-status", job)
    check(end["status"] in ("completed", "complete") and end["failed_redactions"] == {}, f"redaction: {end}")
    left = messages(synadm, SPAMMER)
    check(len(left) == len(sent) and not any(event["content"] for event in left), "every message is redacted")
    check(all(event["unsigned"]["redacted_because"]["content"]["reason"] == "spam" for event in left), "with the reason")
    synadm.refused("M_NOT_FOUND", "user", "redact-status", "nothing")


def deactivation(synadm):
    check("User successfully deactivated." in synadm.text("user", "deactivate", NEW), "for people")
    again = synadm.json("user", "deactivate", NEW, "--gdpr-erase")
    check(again == {"id_server_unbind_result": "success"}, f"again: {again}")
    erased = synadm.json("user", "details", NEW)
    check(erased["deactivated"] and erased["erased"] and erased["displayname"] is None, f"erased: {erased}")
    synadm.refused("M_FORBIDDEN", "matrix", "login", NEW, "--password", "third")
    check(not synadm.json("user", "modify", NEW, "--activate")["deactivated"], "is active again")

    synadm.json("user", "deactivate", SPAMMER)
    synadm.until(lambda answer: answer["total"] == 0, "user", "membership", "--ids", SPAMMER)
    check(SPAMMER not in synadm.json("room", "members", LOBBY)["members"], "has left the lobby")

    wave = "@crypto-gain-0[3-5]:"
    dry = synadm.text("user", "deactivate-regex", wave, "--dry-run")
    check(dry.count("Would deactivate: @crypto-gain-0") == 3, f"dry run: {dry}")
    synadm.all_json("user", "deactivate-regex", wave, "--gdpr-erase")
    for number in (3, 4, 5):
        user = synadm.json("user", "details", f"@crypto-gain-0{number}:chat.example")
        check(user["deactivated"] and user["erased"], f"of the wave: {user}")
    check(synadm.json("user", "search", "gain")["total"] == 24, "search shows them still")
    check(synadm.json("user", "list", "--name", "gain")["total"] == 20, "the list does not")


def messages(synadm, sender):
    """What somebody wrote in the lobby."""
    wanted = quote(json.dumps({"senders": [sender], "types": ["m.room.message"]}))
    return synadm.json("raw", f"v1/rooms/{quote(LOBBY)}/messages?dir=b&limit=1000&filter={wanted}")["chunk"]
