package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.testing.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests of the admin calls that make jobs, from the callers' view: gateway, Kafka, a worker and the
 * store all run. The gateway's conformance tests check every detail of the same calls and play the
 * worker; these tests show that the real worker behaves in the same way. Each test has rooms of its
 * own.
 */
class AdminCallsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String UNKNOWN = "!unknown:chat.example";

  // Rooms of the community with 20, 15, 12, 12, 7 and 20 users who are joined or invited.
  private static final String RIVER = "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA";
  private static final String LANTERN = "!QNStSf64IYIlPYDH0D7BtCIxPLcd9HiDY93vVp_fwwo";
  private static final String COPPER = "!swvhqF1-tkkvhDDhG00SNxlyAWXTUYR5a2ECDAlU1KU";
  private static final String MARBLE = "!l9qrbDwC5UmMSBVNrgyHChgmIul1r4z0oca2Tl8UY-M";
  private static final String MEADOW = "!4Boyrk550AtsUU8swdGlO5NfzL7WJjl9wBAE3zmVo-o";
  private static final String WINDOW = "!wO_r1wgeK8tGjsj7vVNGHl1cSSBSUaV5Aj4dzSSHlbY";

  @TempDir static Path folder;
  private static ChildProcess up;
  private static String url;
  private static String token;

  /** A reply of the API. */
  private record Answer(int status, JsonNode body) {

    String outcome() {
      return status + " " + body.path("errcode").asText();
    }
  }

  @BeforeAll
  static void everythingRuns() {
    var bailiff = new RunningBailiff(folder);
    up = bailiff.up(1);
    url = bailiff.dataFolder().runtime().orElseThrow().url();
    token = bailiff.dataFolder().adminToken().orElseThrow();
    try (var run = bailiff.run("import", RunningBailiff.COMMUNITY)) {
      assertThat(run.awaitExit(RunningBailiff.START_LIMIT)).as(run.standardError()).isZero();
    }
  }

  @AfterAll
  static void stop() {
    up.close();
  }

  @Test
  void deletedRoomIsGoneAndItsMembersAreInTheNewOne() {
    var deleted =
        call(
            "POST",
            "/v1/rooms/" + RIVER + "/delete",
            "{\"new_room_user_id\": \"@admin:chat.example\", \"block\": true}");

    assertThat(deleted.status()).as("%s", deleted.body()).isEqualTo(200);
    assertThat(deleted.body().path("kicked_users")).hasSize(20);
    assertThat(deleted.body().path("failed_to_kick_users").toString()).isEqualTo("[]");
    assertThat(deleted.body().path("local_aliases").toString())
        .isEqualTo("[\"#river-0:chat.example\"]");
    var created = deleted.body().path("new_room_id").asText();
    assertThat(get("/v1/rooms/" + RIVER).outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(get("/v1/rooms/" + RIVER + "/block").body().path("block").booleanValue()).isTrue();
    assertThat(get("/v1/rooms/" + created).body().path("name").asText())
        .isEqualTo("Content Violation Notification");
    assertThat(get("/v1/rooms/" + created + "/members").body().path("total").intValue())
        .as("19 who were joined, and who made the room")
        .isEqualTo(20);
    assertThat(call("POST", "/v1/rooms/" + RIVER + "/delete", "{}").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(call("DELETE", "/v1/rooms/" + RIVER, "{}").body().toString())
        .isEqualTo(
            """
            {"kicked_users":[],"failed_to_kick_users":[],"local_aliases":[],"new_room_id":null}\
            """);
  }

  @Test
  void roomThatIsShutDownStaysAndCanBePurgedThen() {
    assertThat(call("POST", "/v1/purge_room", "{\"room_id\": \"" + LANTERN + "\"}").outcome())
        .as("users are joined still")
        .isEqualTo("400 M_UNKNOWN");

    var shutDown =
        call(
            "POST",
            "/v1/shutdown_room/" + LANTERN,
            "{\"new_room_user_id\": \"@admin:chat.example\"}");

    assertThat(shutDown.status()).as("%s", shutDown.body()).isEqualTo(200);
    assertThat(shutDown.body().path("kicked_users")).hasSize(14);
    assertThat(shutDown.body().path("failed_to_kick_users").toString())
        .as("a suspended user leaves and cannot join")
        .isEqualTo("[\"@kira:chat.example\"]");
    assertThat(get("/v1/rooms/" + LANTERN).status()).isEqualTo(200);
    assertThat(call("POST", "/v1/join/" + LANTERN, "{\"user_id\": \"@ada:chat.example\"}").status())
        .isEqualTo(403);
    var purged = call("POST", "/v1/purge_room", "{\"room_id\": \"" + LANTERN + "\"}");
    assertThat(purged.status()).isEqualTo(200);
    assertThat(purged.body().toString()).isEqualTo("{}");
    assertThat(get("/v1/rooms/" + LANTERN).outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(call("POST", "/v1/purge_room", "{\"room_id\": \"" + LANTERN + "\"}").outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "POST; /v1/rooms/ROOM/delete; ada:chat.example; 400 M_INVALID_PARAM",
        "DELETE; /v1/rooms/ROOM; ada:chat.example; 400 M_INVALID_PARAM",
        "POST; /v1/shutdown_room/ROOM; ada:chat.example; 400 M_INVALID_PARAM",
        "POST; /v1/rooms/ROOM/delete; @held:chat.example; 403 M_USER_SUSPENDED",
        "DELETE; /v1/rooms/ROOM; @held:chat.example; 403 M_USER_SUSPENDED",
        "POST; /v1/shutdown_room/ROOM; @held:chat.example; 403 M_USER_SUSPENDED"
      })
  void userWhoCannotMakeARoomStopsTheCallWhenTheRoomIsBlocked(
      String method, String path, String user, String outcome) {
    call("PUT", "/v2/users/@held:chat.example", "{}");
    call("PUT", "/v1/suspend/@held:chat.example", "{\"suspend\": true}");
    call("PUT", "/v1/rooms/" + COPPER + "/block", "{\"block\": false}");
    var members = get("/v1/rooms/" + COPPER + "/members").body();

    var refused =
        call(
            method,
            path.replace("ROOM", COPPER),
            "{\"block\": true, \"new_room_user_id\": \"" + user + "\"}");

    assertThat(refused.outcome()).isEqualTo(outcome);
    assertThat(get("/v1/rooms/" + COPPER + "/block").body().path("block").booleanValue()).isTrue();
    assertThat(get("/v1/rooms/" + COPPER + "/members").body()).isEqualTo(members);
  }

  @Test
  void unknownRoomIsAnErrorToTheCallsOf2020AndIsNotBlockedByThem() {
    for (var path :
        new String[] {"/v1/rooms/" + UNKNOWN + "/delete", "/v1/shutdown_room/" + UNKNOWN}) {
      assertThat(
              call("POST", path, "{\"block\": true, \"new_room_user_id\": \"@admin:chat.example\"}")
                  .outcome())
          .isEqualTo("404 M_NOT_FOUND");
    }
    assertThat(call("POST", "/v1/purge_room", "{\"room_id\": \"nonsense\"}").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(get("/v1/rooms/" + UNKNOWN + "/block").body().path("block").booleanValue())
        .isFalse();
  }

  @Test
  void unknownRoomIsBlockedByTodaysCall() {
    var room = "!blocked:other.example";

    var deleted =
        call(
            "DELETE",
            "/v1/rooms/" + room,
            "{\"block\": true, \"new_room_user_id\": \"ada:chat.example\"}");

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.body().path("new_room_id").isNull()).isTrue();
    assertThat(get("/v1/rooms/" + room + "/block").body().path("user_id").asText())
        .isEqualTo("@bailiff:chat.example");
  }

  @Test
  void jobThatDeletesARoomTellsAllOfItInTheEnd() {
    var id = call("DELETE", "/v2/rooms/" + MARBLE, "{}").body().path("delete_id").asText();

    var task = ended("/v2/rooms/delete_status/" + id);

    assertThat(task.path("status").asText()).isEqualTo("complete");
    assertThat(task.path("shutdown_room").path("kicked_users")).hasSize(17);
    assertThat(task.has("error")).isFalse();
    assertThat(get("/v2/rooms/" + MARBLE + "/delete_status").body().path("results").path(0))
        .isEqualTo(task);
    assertThat(get("/v1/rooms/" + MARBLE).outcome()).isEqualTo("404 M_NOT_FOUND");
    var unknown = call("DELETE", "/v2/rooms/" + UNKNOWN, "{}").body().path("delete_id").asText();
    assertThat(ended("/v2/rooms/delete_status/" + unknown).path("status").asText())
        .isEqualTo("complete");
    var failed =
        call("DELETE", "/v2/rooms/" + MEADOW, "{\"new_room_user_id\": \"ada:chat.example\"}")
            .body()
            .path("delete_id")
            .asText();
    task = ended("/v2/rooms/delete_status/" + failed);
    assertThat(task.path("status").asText()).isEqualTo("failed");
    assertThat(task.path("error").asText()).startsWith("400: ");
    assertThat(task.path("shutdown_room").path("kicked_users").toString()).isEqualTo("[]");
  }

  @Test
  void historyIsPurgedUpToAnEventAndNeverWhole() {
    var newest =
        get("/v1/rooms/" + WINDOW + "/messages?dir=b&limit=1").body().path("chunk").path(0);
    var before = get("/v1/rooms/" + WINDOW + "/messages?dir=b&limit=1000").body().path("chunk");

    var purge = purge(newest.path("event_id").asText());

    assertThat(purge.path("status").asText()).isEqualTo("complete");
    var after = get("/v1/rooms/" + WINDOW + "/messages?dir=b&limit=1000").body().path("chunk");
    assertThat(after.size()).isPositive().isLessThan(before.size());
    assertThat(after.path(0).path("event_id")).isEqualTo(newest.path("event_id"));
  }

  @Test
  void mediumIsDeletedOnce() {
    var id =
        get("/v1/users/@faye:chat.example/media?limit=1")
            .body()
            .path("media")
            .path(0)
            .path("media_id")
            .asText();

    var deleted = call("DELETE", "/v1/media/chat.example/" + id, "");

    assertThat(deleted.body().toString())
        .isEqualTo("{\"deleted_media\":[\"%s\"],\"total\":1}".formatted(id));
    assertThat(call("DELETE", "/v1/media/chat.example/" + id, "").outcome())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(get("/v1/media/chat.example/" + id).outcome()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void sweepTakesWhatIsOldAndLarge() {
    var nothing = call("POST", "/v1/media/delete?before_ts=30000000000", "");
    var media = get("/v1/users/@nina:chat.example/media").body();

    var all =
        call("POST", "/v1/media/chat.example/delete?before_ts=4000000000000&size_gt=100000000", "");

    assertThat(nothing.body().toString()).isEqualTo("{\"deleted_media\":[],\"total\":0}");
    assertThat(all.body().toString()).isEqualTo("{\"deleted_media\":[],\"total\":0}");
    assertThat(get("/v1/users/@nina:chat.example/media").body()).isEqualTo(media);
  }

  private static JsonNode purge(String event) {
    var id =
        call("POST", "/v1/purge_history/" + WINDOW + "/" + event, "{\"delete_local_events\": true}")
            .body()
            .path("purge_id")
            .asText();
    return ended("/v1/purge_history_status/" + id);
  }

  private static JsonNode ended(String status) {
    return await()
        .atMost(LIMIT)
        .until(
            () -> get(status).body(),
            body -> body.path("status").asText().matches("complete|failed"));
  }

  private static Answer get(String path) {
    return call("GET", path, "");
  }

  private static Answer call(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/_synapse/admin" + path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var reply = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(reply.statusCode(), JSON.readTree(reply.body()));
    } catch (IOException e) {
      throw new IllegalStateException("no reply to " + method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
