package dev.bailiff.gateway.client;

import static dev.bailiff.gateway.client.Answers.UNRECOGNIZED;
import static dev.bailiff.gateway.client.Answers.hasKeys;
import static dev.bailiff.gateway.client.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rooms, media and the server's own lists in Ketesa 1.3. */
class KetesaRoomFlowsIT {
  @RegisterExtension static final ClientGateway gateway = ClientGateway.shared();

  private static final String ADMIN = "/_synapse/admin";
  private static final String PAGE = "?from=0&limit=50&order_by=%s&dir=f";
  private static final String LOBBY = "!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c";
  private static final String COPPER = "!swvhqF1-tkkvhDDhG00SNxlyAWXTUYR5a2ECDAlU1KU";

  private static Browser page;
  private static PlayedWorker worker;

  @BeforeAll
  static void logIn() {
    page = new Browser(gateway.port(), gateway.adminToken());
    worker = new PlayedWorker(gateway.jdbi());
  }

  @Test
  void roomsAreListedWithFilters() {
    var rooms =
        ok(
            page.get(
                ADMIN
                    + "/v1/rooms?from=0&limit=10&search_term=lobby&order_by=joined_members&dir=f"
                    + "&public_rooms=false&empty_rooms=false"));

    assertThat(rooms.path("total_rooms").intValue()).isEqualTo(1);
    hasKeys(
        rooms.path("rooms").path(0),
        List.of("room_id", "canonical_alias", "joined_members", "encryption", "federatable"));
  }

  @Test
  void tabsOfARoomAreFilledWithItsIdAsItIs() {
    var room = ADMIN + "/v1/rooms/" + LOBBY;

    ok(page.get(room));
    assertThat(ok(page.get(room + "/members" + PAGE.formatted("id"))).path("total").intValue())
        .isPositive();
    assertThat(ok(page.get(room + "/state" + PAGE.formatted("type"))).path("state")).isNotEmpty();
    assertThat(ok(page.get(room + "/forward_extremities" + PAGE.formatted("id"))).path("results"))
        .isNotEmpty();
    var media = ok(page.get(ADMIN + "/v1/room/" + LOBBY + "/media" + PAGE.formatted("id")));
    assertThat(media.path("local"))
        .isNotEmpty()
        .allSatisfy(uri -> assertThat(uri.asText()).startsWith("mxc://chat.example/"));
  }

  @Test
  void eventsOfARoomAreLookedThrough() {
    var room = ADMIN + "/v1/rooms/" + LOBBY;
    var found = ok(page.get(room + "/timestamp_to_event?ts=1795368200000&dir=f"));
    var event = found.path("event_id").asText();
    var encoded = event.replace("$", "%24").replace(":", "%3A");
    var context = ok(page.get(room + "/context/" + encoded + "?limit=5"));
    var messages =
        ok(page.get(room + "/messages?from=" + context.path("start").asText() + "&limit=5&dir=b"));

    assertThat(context.at("/event/event_id").asText()).isEqualTo(event);
    hasKeys(context, List.of("events_before", "events_after", "state", "start", "end"));
    assertThat(messages.path("chunk")).hasSize(5);
    assertThat(ok(page.get(ADMIN + "/v1/fetch_event/" + encoded)).at("/event/event_id").asText())
        .isEqualTo(event);
    assertThat(
            ok(page.get(
                    room
                        + "/messages?limit=1&dir=f&filter=%7B%22types%22%3A%5B%22m.room.create%22%5D%7D"))
                .at("/chunk/0/type")
                .asText())
        .isEqualTo("m.room.create");
    assertThat(ok(page.get(room + "/hierarchy?limit=50&max_depth=1")).path("rooms")).hasSize(1);
  }

  @Test
  void roomIsBlockedAndItsPowerGiven() {
    var block = ADMIN + "/v1/rooms/!ketesa%3Achat.example/block";

    assertThat(page.put(block, "{\"block\":true}").body()).isEqualTo("{\"block\":true}");
    assertThat(ok(page.get(block)).path("block").booleanValue()).isTrue();
    assertThat(page.put(block, "{\"block\":false}").body()).isEqualTo("{\"block\":false}");
    ok(page.post(ADMIN + "/v1/join/" + COPPER, "{\"user_id\":\"@helperbot:chat.example\"}"));
    assertThat(
            page.post(
                    ADMIN + "/v1/rooms/" + COPPER + "/make_room_admin",
                    "{\"user_id\":\"@helperbot:chat.example\"}")
                .body())
        .isEqualTo("{}");
  }

  @Test
  void deletionIsPolledToItsEnd() {
    var body = "{\"block\":true,\"purge\":true,\"force_purge\":false}";
    var id = ok(page.delete(ADMIN + "/v2/rooms/!ketesa%3Achat.example", body)).path("delete_id");
    var status = ADMIN + "/v2/rooms/delete_status/" + id.asText();

    assertThat(id.asText()).isNotEmpty();
    assertThat(ok(page.get(status)).path("status").asText()).isEqualTo("scheduled");
    worker.rows().activate(PlayedWorker.job(id));
    assertThat(ok(page.get(status)).path("status").asText()).isEqualTo("active");
    worker.rows().complete(PlayedWorker.job(id));
    assertThat(ok(page.get(status)).path("status").asText()).isEqualTo("complete");
    var raw = page.delete(ADMIN + "/v2/rooms/!ketesa:chat.example", "{\"block\":false}");
    worker.rows().fail(PlayedWorker.job(ok(raw).path("delete_id")), 400, "M_UNKNOWN", "no");
    assertThat(
            ok(page.get(ADMIN + "/v2/rooms/delete_status/" + raw.json().path("delete_id").asText()))
                .path("status")
                .asText())
        .isEqualTo("failed");
  }

  @Test
  void historyPurgeIsPolledToItsEndOrItsError() {
    var purge = ADMIN + "/v1/purge_history/!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c";
    var id =
        ok(page.post(purge, "{\"purge_up_to_ts\":1795368200000,\"delete_local_events\":true}"))
            .path("purge_id");
    var status = ADMIN + "/v1/purge_history_status/" + id.asText();

    assertThat(ok(page.get(status)).toString()).isEqualTo("{\"status\":\"active\"}");
    worker.rows().fail(PlayedWorker.job(id), 400, "M_UNKNOWN", "nothing would be left");
    var end = ok(page.get(status));
    assertThat(end.path("status").asText()).isEqualTo("failed");
    assertThat(end.path("error").isTextual()).isTrue();
  }

  @Test
  void mediaOfAUserARoomAndByDateAreDeleted() {
    var id =
        ok(page.get(ADMIN + "/v1/users/%40sven%3Achat.example/media?from=0&limit=1"))
            .at("/media/0/media_id")
            .asText();
    var deleting = PlayedWorker.deleting(id);
    var replies =
        List.of(
            worker.answer(
                () -> page.delete(ADMIN + "/v1/users/%40sven%3Achat.example/media", null),
                deleting),
            worker.answer(
                () -> page.delete(ADMIN + "/v1/media/chat.example/" + id, null), deleting),
            worker.answer(
                () ->
                    page.post(
                        ADMIN
                            + "/v1/media/delete?before_ts=1795368150000&size_gt=1&keep_profiles=true",
                        null),
                deleting));

    assertThat(replies)
        .allSatisfy(
            reply ->
                assertThat(ok(reply).toString())
                    .isEqualTo("{\"deleted_media\":[\"" + id + "\"],\"total\":1}"));
    assertThat(
            ok(page.post(ADMIN + "/v1/purge_media_cache?before_ts=1795368150000", null))
                .path("deleted")
                .isInt())
        .isTrue();
  }

  @Test
  void mediaAreQuarantinedOneByOneAndTogether() {
    var id =
        ok(page.get(ADMIN + "/v1/users/%40milo%3Achat.example/media?from=0&limit=1"))
            .at("/media/0/media_id")
            .asText();

    for (var call : List.of("quarantine", "unquarantine")) {
      var reply = page.post(ADMIN + "/v1/media/" + call + "/chat.example/" + id, null);
      assertThat(reply.body()).isEqualTo("{}");
    }
    for (var call : List.of("protect", "unprotect")) {
      assertThat(page.post(ADMIN + "/v1/media/" + call + "/" + id, null).body()).isEqualTo("{}");
    }
    assertThat(
            ok(page.post(ADMIN + "/v1/user/%40milo%3Achat.example/media/quarantine", "{}"))
                .path("num_quarantined")
                .intValue())
        .isPositive();
    assertThat(
            ok(page.post(ADMIN + "/v1/room/" + COPPER + "/media/quarantine", "{}"))
                .path("num_quarantined")
                .isInt())
        .isTrue();
  }

  @Test
  void listsOfTheServerAreFilled() {
    var id = ok(page.delete(ADMIN + "/v2/rooms/!tasks:chat.example", "{}")).path("delete_id");
    var tasks =
        ok(
            page.get(
                ADMIN
                    + "/v1/scheduled_tasks?from=0&limit=10&order_by=timestamp_ms&dir=b&action_name=shutdown_and_purge_room"
                    + "&resource_id=%21tasks%3Achat.example&status=scheduled&max_timestamp=4102444800000"));

    assertThat(tasks.path("scheduled_tasks").findValues("id")).containsExactly(id);
    assertThat(ok(page.get(ADMIN + "/v1/statistics/database/rooms")).path("rooms").isArray())
        .isTrue();
    assertThat(
            ok(page.get(
                    ADMIN
                        + "/v1/statistics/users/media?from=0&limit=10&order_by=media_count&dir=b"))
                .path("users"))
        .hasSize(10);
    assertThat(
            ok(page.get(
                    ADMIN
                        + "/v1/federation/destinations?from=0&limit=10&destination=matrix&order_by=destination&dir=f"))
                .path("total")
                .intValue())
        .isZero();
    assertThat(page.get(ADMIN + "/v1/federation/destinations/matrix.example").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(
            ok(page.get(ADMIN + "/v1/event_reports?from=0&limit=5&order_by=received_ts&dir=b"))
                .path("next_token")
                .intValue())
        .isEqualTo(5);
    var path = ADMIN + "/v1/registration_tokens";
    ok(page.post(path + "/new", "{\"token\":\"k-token\",\"length\":16,\"uses_allowed\":1}"));
    assertThat(page.delete(path + "/k-token", null).body()).isEqualTo("{}");
    worker.rows().complete(PlayedWorker.job(id));
  }

  @Test
  void whatIsNotServedCanBeReadByThePage() {
    var picture =
        "/_matrix/client/v1/media/thumbnail/chat.example/x?width=320&height=240&method=scale";

    assertThat(
            List.of(
                page.get("/_matrix/client/v3/publicRooms" + PAGE.formatted("name")).outcome(),
                page.put(
                        "/_matrix/client/v3/directory/list/room/" + LOBBY,
                        "{\"visibility\":\"private\"}")
                    .outcome(),
                page.get(picture).outcome(),
                page.get(
                        "/_matrix/client/v1/media/download/chat.example/x?admin_unsafely_bypass_quarantine=true")
                    .outcome(),
                page.post("/_matrix/media/v3/upload?filename=a.png", "{}").outcome()))
        .containsOnly(UNRECOGNIZED);
  }
}
