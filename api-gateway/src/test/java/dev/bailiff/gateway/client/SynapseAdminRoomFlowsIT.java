package dev.bailiff.gateway.client;

import static dev.bailiff.gateway.client.Answers.UNRECOGNIZED;
import static dev.bailiff.gateway.client.Answers.hasKeys;
import static dev.bailiff.gateway.client.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.gateway.Reply;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rooms, reports, media and the server's own lists in {@code synapse-admin} 0.11. */
class SynapseAdminRoomFlowsIT {
  @RegisterExtension static final ClientGateway gateway = ClientGateway.shared();

  private static final String ADMIN = "/_synapse/admin";
  private static final String LOBBY = "!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c";
  private static final String PAGE = "?dir=f&from=0&limit=50&order_by=";

  private static Browser page;
  private static PlayedWorker worker;

  @BeforeAll
  static void logIn() {
    page = new Browser(gateway.port(), gateway.adminToken());
    worker = new PlayedWorker(gateway.jdbi());
  }

  @Test
  void roomsAreListedAndShown() {
    var list =
        ok(page.get(ADMIN + "/v1/rooms?dir=f&from=0&limit=10&order_by=name&search_term=lobby"));
    var room = ok(page.get(ADMIN + "/v1/rooms/!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c"));
    var members = ok(page.get(ADMIN + "/v1/rooms/" + LOBBY + "/members" + PAGE + "id"));
    var state = ok(page.get(ADMIN + "/v1/rooms/" + LOBBY + "/state" + PAGE + "type"));

    assertThat(list.path("total_rooms").intValue()).isEqualTo(1);
    assertThat(room.path("joined_members")).isEqualTo(members.path("total"));
    assertThat(state.path("state"))
        .allSatisfy(
            event ->
                hasKeys(
                    event, List.of("event_id", "type", "sender", "content", "origin_server_ts")));
    var extremities = ADMIN + "/v1/rooms/" + LOBBY + "/forward_extremities";
    var ends = ok(page.get(extremities + PAGE + "id"));
    assertThat(ends.path("results")).hasSize(ends.path("count").intValue());
    assertThat(ok(page.delete(extremities, null)).path("deleted").isInt()).isTrue();
  }

  @Test
  void severalRoomsAreDeletedAllAtOnce() {
    var ids = IntStream.range(0, 3).mapToObj(n -> "!a-deleted-" + n + ":chat.example").toList();
    var replies =
        SynapseAdminFlowsIT.atOnce(
            ids.stream()
                .<Supplier<Reply>>map(
                    id -> () -> page.delete(ADMIN + "/v2/rooms/" + id, "{\"block\":false}"))
                .toList());

    assertThat(replies).allSatisfy(reply -> assertThat(ok(reply).has("delete_id")).isTrue());
    replies.forEach(
        reply -> worker.rows().complete(PlayedWorker.job(reply.json().path("delete_id"))));
  }

  @Test
  void reportIsDeletedWithItsOldRecordAsBody() {
    gateway
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into homeserver.event_report (id, received_at, room_id, event_id, user_id)
                    select 770001, 1, room_id, event_id, '@ada:chat.example' from homeserver.event_report where id = 2
                    """));
    var reports = ADMIN + "/v1/event_reports";

    var list = ok(page.get(reports + "?dir=b&from=0&limit=10&order_by=received_ts"));
    assertThat(list.path("event_reports").size()).isEqualTo(10);
    var report = ok(page.get(reports + "/770001"));
    hasKeys(report, List.of("room_id", "sender", "event_json", "name", "canonical_alias"));
    assertThat(page.delete(reports + "/770001", report.toString()).body()).isEqualTo("{}");
    assertThat(page.get(reports + "/770001").outcome()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void mediaAreProtectedQuarantinedAndDeleted() {
    var media =
        ok(page.get(ADMIN + "/v1/users/%40rosa%3Achat.example/media" + PAGE + "media_id"))
            .path("media")
            .findValuesAsText("media_id");
    var id = media.get(0);

    for (var call :
        List.of(
            "protect/" + id,
            "unprotect/" + id,
            "quarantine/chat.example/" + id,
            "unquarantine/chat.example/" + id)) {
      assertThat(page.post(ADMIN + "/v1/media/" + call, null).body()).isEqualTo("{}");
    }
    var one =
        worker.answer(
            () -> page.delete(ADMIN + "/v1/media/chat.example/" + id, null),
            PlayedWorker.deleting(id));
    var many =
        worker.answer(
            () ->
                page.post(
                    ADMIN
                        + "/v1/media/chat.example/delete?before_ts=1795368150000&size_gt=0&keep_profiles=true",
                    null),
            PlayedWorker.deleting("x"));
    assertThat(ok(one).path("total").intValue()).isEqualTo(1);
    assertThat(ok(many).path("deleted_media")).hasSize(1);
  }

  @Test
  void statisticsTokensAndDestinationsAreListed() {
    var statistics =
        ok(
            page.get(
                ADMIN
                    + "/v1/statistics/users/media?dir=b&from=0&limit=10&order_by=media_length&search_term=faye"));
    hasKeys(
        statistics.path("users").path(0),
        List.of("user_id", "displayname", "media_count", "media_length"));
    var path = ADMIN + "/v1/registration_tokens";
    ok(page.post(path + "/new", "{\"token\":\"a-token\",\"length\":16}"));
    var listed = ok(page.get(path + "?dir=f&from=0&limit=10&order_by=token&valid=true"));
    assertThat(listed.path("registration_tokens").findValuesAsText("token")).contains("a-token");
    var saved =
        page.put(
            path + "/a-token",
            "{\"token\":\"a-token\",\"uses_allowed\":3,\"pending\":0,\"completed\":0,\"id\":\"a-token\"}");
    assertThat(ok(saved).path("uses_allowed").intValue()).isEqualTo(3);
    assertThat(page.delete(path + "/a-token", null).body()).isEqualTo("{}");
    var destinations = ADMIN + "/v1/federation/destinations";
    assertThat(
            ok(page.get(destinations + "?dir=f&from=0&limit=10&order_by=destination")).toString())
        .isEqualTo("{\"destinations\":[],\"total\":0}");
    var one = destinations + "/matrix.example";
    assertThat(
            List.of(
                page.get(one).outcome(),
                page.get(one + "/rooms?dir=f&from=0&limit=10&order_by=room_id").outcome(),
                page.post(one + "/reset_connection", null).outcome()))
        .containsOnly("404 M_NOT_FOUND");
  }

  /** Screens that stay empty: notices, the room directory, pictures. */
  @Test
  void whatIsNotServedCanBeReadByThePage() {
    var notice =
        "{\"user_id\":\"@ada:chat.example\",\"content\":{\"msgtype\":\"m.text\",\"body\":\"a\"}}";
    var back = "?redirectUrl=https%3A%2F%2Fadmin.example%2F";
    assertThat(
            List.of(
                page.get("/_matrix/client/r0/login/sso/redirect" + back).outcome(),
                page.post(ADMIN + "/v1/send_server_notice", notice).outcome(),
                page.get("/_matrix/client/r0/publicRooms" + PAGE + "room_id").outcome(),
                page.put(
                        "/_matrix/client/r0/directory/list/room/" + LOBBY,
                        "{\"visibility\":\"public\"}")
                    .outcome(),
                page.get(
                        "/_matrix/media/r0/thumbnail/chat.example/x?width=24&height=24&method=scale")
                    .outcome(),
                page.get("/_matrix/media/v1/download/chat.example/x?allow_redirect=true")
                    .outcome()))
        .containsOnly(UNRECOGNIZED);
  }
}
