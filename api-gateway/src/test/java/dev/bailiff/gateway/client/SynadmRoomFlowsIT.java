package dev.bailiff.gateway.client;

import static dev.bailiff.gateway.client.Answers.hasKeys;
import static dev.bailiff.gateway.client.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rooms, history and media in {@code synadm} 0.47. */
class SynadmRoomFlowsIT {
  @RegisterExtension static final ClientGateway gateway = ClientGateway.shared();

  private static final String ADMIN = "/_synapse/admin";
  private static final String LOBBY = "%210zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c";
  private static final String RIVER = "%21wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA";
  private static final String OLD_ROOM = "%21ZepyKtbcLZNGKKnNbs%3Achat.example";

  private static HttpLibrary synadm;
  private static PlayedWorker worker;

  @BeforeAll
  static void configure() {
    synadm = HttpLibrary.ofPython(gateway.port(), gateway.adminToken());
    worker = new PlayedWorker(gateway.jdbi());
  }

  @Test
  void roomsAreListedAndSearched() {
    var all = ok(synadm.get(ADMIN + "/v1/rooms?from=0&limit=5"));
    var found =
        ok(
            synadm.get(
                ADMIN
                    + "/v1/rooms?from=0&limit=100&search_term=lobby&order_by=joined_members&dir=b&empty_rooms=false"));

    assertThat(all.path("rooms")).hasSize(5);
    assertThat(all.path("next_batch").intValue()).isEqualTo(5);
    assertThat(all.path("total_rooms").intValue()).isGreaterThanOrEqualTo(23);
    assertThat(found.path("rooms").findValuesAsText("name")).containsExactly("lobby");
    assertThat(found.has("next_batch")).isFalse();
  }

  @Test
  void powerLevelsAreReadFromTheStateOfEachListedRoom() {
    var rooms = ok(synadm.get(ADMIN + "/v1/rooms?from=0&limit=10&search_term=lobby"));

    for (JsonNode room : rooms.path("rooms")) {
      hasKeys(
          room,
          List.of(
              "creator",
              "encryption",
              "federatable",
              "guest_access",
              "history_visibility",
              "join_rules",
              "joined_local_members",
              "joined_members",
              "public",
              "state_events",
              "version"));
      var state = ok(synadm.get(ADMIN + "/v1/rooms/" + LOBBY + "/state")).path("state");
      assertThat(state)
          .filteredOn(event -> event.path("type").asText().equals("m.room.power_levels"))
          .singleElement()
          .satisfies(event -> assertThat(event.at("/content/users").isObject()).isTrue());
    }
  }

  @Test
  void aliasesAreResolvedBothWays() {
    var byAlias = ok(synadm.get("/_matrix/client/r0/directory/room/%23lobby%3Achat.example"));
    var byRoom = ok(synadm.get("/_matrix/client/r0/rooms/" + LOBBY + "/aliases"));

    assertThat(byAlias.path("room_id").asText())
        .isEqualTo("!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c");
    assertThat(byRoom.toString()).isEqualTo("{\"aliases\":[\"#lobby:chat.example\"]}");
    assertThat(ok(synadm.get("/_matrix/client/r0/rooms/%21nothing/aliases")).toString())
        .isEqualTo("{\"aliases\":[]}");
    assertThat(synadm.get("/_matrix/client/r0/directory/room/%23nothing%3Achat.example").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(synadm.get("/_matrix/client/r0/directory/room/nothing").outcome())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void aliasesOfARoomAreForAdminsAndAnAliasIsForEverybody() {
    var nobody = HttpLibrary.ofPython(gateway.port(), null);

    assertThat(nobody.get("/_matrix/client/v3/rooms/" + LOBBY + "/aliases").outcome())
        .isEqualTo("401 M_MISSING_TOKEN");
    assertThat(
            ok(nobody.get("/_matrix/client/v3/directory/room/%23lobby%3Achat.example")).toString())
        .isEqualTo(
            "{\"room_id\":\"!0zI3-w4JzQLSTzpsm3z4KowfUs6oIUBNUk4tFS9lO9c\",\"servers\":[\"chat.example\"]}");
  }

  @Test
  void deletionLooksAtRoomAndMembersAndIsFollowedBothWays() {
    var details = ok(synadm.get(ADMIN + "/v1/rooms/" + OLD_ROOM));
    var members = ok(synadm.get(ADMIN + "/v1/rooms/" + OLD_ROOM + "/members"));
    var deletion =
        "{\"block\": true, \"purge\": true, \"new_room_user_id\": \"@admin:chat.example\","
            + " \"room_name\": \"Closed\", \"message\": \"Bye\"}";
    var id = ok(synadm.delete(ADMIN + "/v2/rooms/" + OLD_ROOM, deletion)).path("delete_id");
    var byJob = ok(synadm.get(ADMIN + "/v2/rooms/delete_status/" + id.asText()));
    var byRoom = ok(synadm.get(ADMIN + "/v2/rooms/" + OLD_ROOM + "/delete_status"));

    assertThat(details.path("joined_members")).isEqualTo(members.path("total"));
    assertThat(byJob.path("status").asText()).isEqualTo("scheduled");
    assertThat(byRoom.path("results")).contains(byJob);
    assertThat(synadm.delete(ADMIN + "/v2/rooms/" + OLD_ROOM, deletion).outcome())
        .isEqualTo("400 M_UNKNOWN");
    worker.rows().complete(PlayedWorker.job(id));
  }

  @Test
  void deletionOfVersionOneWaitsForTheResult() {
    var reply =
        worker.answer(
            () ->
                synadm.delete(
                    ADMIN + "/v1/rooms/" + OLD_ROOM,
                    "{\"block\": false, \"purge\": true, \"force_purge\": true}"),
            (rows, job) -> {
              rows.activate(job);
              rows.replyItem(job, 0, "kicked_users", "@lena:chat.example");
              rows.complete(job);
            });

    assertThat(ok(reply).toString())
        .isEqualTo(
            "{\"kicked_users\":[\"@lena:chat.example\"],\"failed_to_kick_users\":[],\"local_aliases\":[],\"new_room_id\":null}");
  }

  @Test
  void emptyRoomsAreLookedForFromTheSmallestOn() {
    var page =
        ok(synadm.get(ADMIN + "/v1/rooms?from=0&limit=100&order_by=joined_local_members&dir=b"));

    assertThat(
            StreamSupport.stream(page.path("rooms").spliterator(), false)
                .map(room -> room.path("joined_local_members").intValue())
                .toList())
        .isSorted();
  }

  @Test
  void roomsAreBlockedAndUnblocked() {
    var block = ADMIN + "/v1/rooms/%21synadm%3Achat.example/block";

    assertThat(synadm.put(block, "{\"block\": true}").body()).isEqualTo("{\"block\":true}");
    assertThat(ok(synadm.get(block)).toString())
        .isEqualTo("{\"block\":true,\"user_id\":\"@admin:chat.example\"}");
    assertThat(synadm.put(block, "{\"block\": false}").body()).isEqualTo("{\"block\":false}");
    assertThat(ok(synadm.get(block)).toString()).isEqualTo("{\"block\":false}");
  }

  @Test
  void usersJoinAndGetPower() {
    ok(
        synadm.post(
            ADMIN + "/v1/join/%23river-0%3Achat.example", "{\"user_id\": \"@olga:chat.example\"}"));
    var power = ADMIN + "/v1/rooms/" + RIVER + "/make_room_admin";

    assertThat(synadm.post(power, "{\"user_id\": \"@olga:chat.example\"}").body()).isEqualTo("{}");
    assertThat(synadm.post(power, "{}").body()).isEqualTo("{}");
  }

  @Test
  void historyPurgeIsFollowedByItsId() {
    var id =
        ok(synadm.post(
                ADMIN + "/v1/purge_history/" + LOBBY,
                "{\"purge_up_to_ts\": 1795368201000, \"delete_local_events\": true}"))
            .path("purge_id");
    var status = ADMIN + "/v1/purge_history_status/" + id.asText();

    assertThat(ok(synadm.get(status)).path("status").asText()).isEqualTo("active");
    worker.rows().complete(PlayedWorker.job(id));
    assertThat(ok(synadm.get(status)).path("status").asText()).isEqualTo("complete");
    assertThat(
            synadm
                .post(
                    ADMIN + "/v1/purge_history/" + LOBBY,
                    "{\"purge_up_to_event_id\": \"$nothing\"}")
                .outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void mediaOfRoomsAndUsersAreListed() {
    var media = ADMIN + "/v1/users/%40faye%3Achat.example/media";
    var ofRoom = ok(synadm.get(ADMIN + "/v1/room/" + LOBBY + "/media"));
    var ofUser = ok(synadm.get(media + "?from=0&limit=100"));
    var sorted = ok(synadm.get(media + "?from=0&limit=2&order_by=media_length&dir=b"));

    assertThat(ofRoom.path("local")).isNotEmpty();
    assertThat(ofRoom.path("remote").isArray()).isTrue();
    assertThat(ofUser.path("total").intValue()).isEqualTo(9);
    assertThat(ofUser.path("media"))
        .allSatisfy(medium -> hasKeys(medium, List.of("created_ts", "last_access_ts")));
    assertThat(sorted.path("next_token").intValue()).isEqualTo(2);
  }

  @Test
  void mediaAreProtectedQuarantinedAndReleased() {
    var media = ADMIN + "/v1/media/";
    var id = mediumOf("%40nina%3Achat.example");

    assertThat(synadm.post(media + "quarantine/chat.example/" + id, "{}").body()).isEqualTo("{}");
    assertThat(synadm.post(media + "unquarantine/chat.example/" + id, "{}").body()).isEqualTo("{}");
    assertThat(synadm.post(media + "protect/" + id, "{}").body()).isEqualTo("{}");
    assertThat(
            ok(synadm.post(ADMIN + "/v1/user/%40nina%3Achat.example/media/quarantine", "{}"))
                .path("num_quarantined")
                .intValue())
        .isPositive();
    assertThat(
            ok(synadm.post(ADMIN + "/v1/room/" + RIVER + "/media/quarantine", "{}"))
                .path("num_quarantined")
                .isInt())
        .isTrue();
  }

  @Test
  void mediaAreDeletedByIdAndByDate() {
    var id = mediumOf("%40milo%3Achat.example");
    var byId =
        worker.answer(
            () -> synadm.delete(ADMIN + "/v1/media/chat.example/" + id, "{}"),
            PlayedWorker.deleting(id));
    var byDate =
        worker.answer(
            () ->
                synadm.post(
                    ADMIN
                        + "/v1/media/delete?before_ts=1795368150000&size_gt=1024&keep_profiles=false",
                    "{}"),
            PlayedWorker.deleting("x"));

    assertThat(ok(byId).toString()).isEqualTo("{\"deleted_media\":[\"" + id + "\"],\"total\":1}");
    assertThat(ok(byDate).path("total").intValue()).isEqualTo(1);
  }

  @Test
  void cacheOfRemoteMediaIsPurged() {
    assertThat(
            ok(synadm.post(ADMIN + "/v1/purge_media_cache?before_ts=1795368150000", "{}"))
                .path("deleted")
                .isInt())
        .isTrue();
  }

  private static String mediumOf(String user) {
    return ok(synadm.get(ADMIN + "/v1/users/" + user + "/media?from=0&limit=1"))
        .at("/media/0/media_id")
        .asText();
  }
}
