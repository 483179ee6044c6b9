package dev.bailiff.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.MadeRoom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Section({"5.36", "5.37"})
class ReportsIT {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  private static final String EVENTS = "/_synapse/admin/v1/event_reports";
  private static final String USERS = "/_synapse/admin/v1/user_reports";
  private static final String ADA = Community.user("ada");
  private static final AtomicLong NEXT = new AtomicLong(1_000_000);

  @Test
  @Section("5.36")
  void reportOfTheCommunityIsShownWithEveryKey() {
    var report = gateway.admin().get(EVENTS + "/2").json();

    assertThat(report.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "received_ts",
            "room_id",
            "event_id",
            "user_id",
            "score",
            "reason",
            "sender",
            "canonical_alias",
            "name",
            "event_json");
    assertThat(report.path("id").intValue()).isEqualTo(2);
    assertThat(report.path("received_ts").longValue()).isEqualTo(1_795_368_201_444L);
    assertThat(report.path("user_id").asText()).isEqualTo("@hana:chat.example");
    assertThat(report.path("score").intValue()).isEqualTo(-100);
    assertThat(report.path("reason").asText()).isEqualTo("abuse");
    assertThat(report.path("canonical_alias").asText()).isEqualTo("#lobby:chat.example");
    assertThat(report.path("name").asText()).isEqualTo("lobby");
    assertThat(report.at("/event_json/sender")).isEqualTo(report.path("sender"));
    assertThat(report.path("event_json").has("event_id")).isFalse();
    assertThat(report.at("/event_json/unsigned").has("age")).isFalse();
  }

  @Test
  @Section("5.36")
  void newestReportsComeFirstUnlessTurnedRound() {
    var reporter = "@" + gateway.newName("ordered") + ":chat.example";
    var room = gateway.newRoom(ADA);
    long old = reportEvent(room, room.message("{}"), reporter, 1_000);
    long recent = reportEvent(room, room.message("{}"), reporter, 2_000);

    assertThat(ids("event_reports", EVENTS + "?user_id=" + reporter)).containsExactly(recent, old);
    assertThat(ids("event_reports", EVENTS + "?dir=f&user_id=" + reporter))
        .containsExactly(old, recent);
  }

  @Test
  @Section("5.36")
  void pagesHaveATokenThatIsANumber() {
    var reporter = "@" + gateway.newName("paged") + ":chat.example";
    var room = gateway.newRoom(ADA);
    for (int i = 0; i < 3; i++) {
      reportEvent(room, room.message("{}"), reporter, i);
    }

    var first = gateway.admin().get(EVENTS + "?limit=2&user_id=" + reporter).json();
    var last = gateway.admin().get(EVENTS + "?from=2&limit=2&user_id=" + reporter).json();

    assertThat(first.path("event_reports")).hasSize(2);
    assertThat(first.path("total").intValue()).isEqualTo(3);
    assertThat(first.path("next_token").isInt()).isTrue();
    assertThat(first.path("next_token").intValue()).isEqualTo(2);
    assertThat(last.path("event_reports")).hasSize(1);
    assertThat(last.has("next_token")).isFalse();
    assertThat(
            gateway.admin().get(EVENTS + "?limit=0&user_id=" + reporter).json().path("next_token"))
        .hasToString("0");
  }

  @Test
  @Section("5.36")
  void filtersAreForPartsOfReporterAndRoomAndForTheWholeSender() {
    var name = gateway.newName("filtering");
    var reporter = "@" + name + ":chat.example";
    var room = gateway.newRoom(ADA);
    long report = reportEvent(room, room.message("{}"), reporter, 1_000);
    var part = room.id().substring(1, room.id().indexOf(':') + 5);

    assertThat(ids("event_reports", EVENTS + "?user_id=" + name)).containsExactly(report);
    assertThat(ids("event_reports", EVENTS + "?user_id=" + name.toUpperCase(Locale.ROOT)))
        .isEmpty();
    assertThat(ids("event_reports", EVENTS + "?room_id=" + part)).containsExactly(report);
    assertThat(ids("event_reports", EVENTS + "?event_sender_user_id=" + ADA + "&user_id=" + name))
        .containsExactly(report);
    assertThat(ids("event_reports", EVENTS + "?event_sender_user_id=ada&user_id=" + name))
        .isEmpty();
    assertThat(ids("event_reports", EVENTS + "?room_id=&event_sender_user_id=&user_id=" + name))
        .containsExactly(report);
  }

  @Test
  @Section("5.36")
  void reportOnARoomThatIsGoneIsNotShownAndCanBeDeleted() {
    var room = gateway.newRoom(ADA);
    var reporter = "@" + gateway.newName("purged") + ":chat.example";
    long report = reportEvent(room, room.message("{}"), reporter, 1_000);
    gateway.execute("delete from homeserver.event where room_id = ?", room.id());
    assertThat(
            gateway
                .admin()
                .get(EVENTS + "?user_id=" + reporter)
                .json()
                .at("/event_reports/0/sender")
                .isNull())
        .isTrue();
    gateway.execute("delete from homeserver.room where room_id = ?", room.id());

    assertThat(gateway.admin().get(EVENTS + "?user_id=" + reporter).body())
        .isEqualTo("{\"event_reports\":[],\"total\":0}");
    assertThat(gateway.admin().get(EVENTS + "/" + report).outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().delete(EVENTS + "/" + report, null).body()).isEqualTo("{}");
    assertThat(gateway.admin().delete(EVENTS + "/" + report, null).outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  @Section("5.36")
  void scoreAndReasonNeedNotBeThere() {
    var room = gateway.newRoom(ADA);
    long report = reportEvent(room, room.message("{}"), ADA, 1_000);
    gateway.execute("update homeserver.event_report set content = '{}' where id = ?", report);

    var shown = gateway.admin().get(EVENTS + "/" + report).json();

    assertThat(shown.path("score").isNull()).isTrue();
    assertThat(shown.path("reason").isNull()).isTrue();
    assertThat(shown.path("name").isNull()).isTrue();
  }

  @Test
  @Section("5.37")
  void nobodyHasReportedAUserYet() {
    assertThat(gateway.admin().get(USERS + "?user_id=nobody-reported").body())
        .isEqualTo("{\"user_reports\":[],\"total\":0}");
  }

  @Test
  @Section("5.37")
  void reportOnAUserIsListedShownAndDeleted() {
    var reporter = gateway.newName("reporter");
    var target = gateway.newName("target");
    long old = reportUser(target, reporter, 1_000);
    long recent = reportUser(target, reporter, 2_000);

    var page = gateway.admin().get(USERS + "?limit=1&user_id=" + reporter).json();

    assertThat(page.at("/user_reports/0").toString())
        .isEqualTo(
            "{\"id\":%d,\"received_ts\":2000,\"target_user_id\":\"@%s:chat.example\",\"user_id\":\"@%s:chat.example\",\"reason\":\"spam\"}"
                .formatted(recent, target, reporter));
    assertThat(page.path("total").intValue()).isEqualTo(2);
    assertThat(page.path("next_token").intValue()).isEqualTo(1);
    assertThat(ids("user_reports", USERS + "?dir=f&target_user_id=" + target))
        .containsExactly(old, recent);
    assertThat(ids("user_reports", USERS + "?target_user_id=" + reporter)).isEmpty();
    assertThat(gateway.admin().get(USERS + "/" + recent).json())
        .isEqualTo(page.at("/user_reports/0"));
    assertThat(gateway.admin().delete(USERS + "/" + recent, "{}").body()).isEqualTo("{}");
    assertThat(gateway.admin().get(USERS + "/" + recent).outcome()).isEqualTo("404 M_NOT_FOUND");
    assertThat(gateway.admin().delete(USERS + "/" + recent, null).outcome())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({
    "from=-1, 400 M_INVALID_PARAM",
    "from=x, 400 M_INVALID_PARAM",
    "limit=, 400 M_INVALID_PARAM",
    "limit=-1, 400 M_INVALID_PARAM",
    "dir=x, 400 M_INVALID_PARAM",
    "user_id=%C3%A6, 400 M_UNKNOWN"
  })
  void parameterThatIsWrongIsRefused(String query, String outcome) {
    assertThat(gateway.admin().get(EVENTS + "?" + query).outcome()).isEqualTo(outcome);
    assertThat(gateway.admin().get(USERS + "?" + query).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "1.5", "%2D1"})
  void numberOfAReportMustBeOne(String id) {
    for (var path : List.of(EVENTS, USERS)) {
      assertThat(gateway.admin().get(path + "/" + id).outcome()).isEqualTo("400 M_INVALID_PARAM");
      assertThat(gateway.admin().delete(path + "/" + id, null).outcome())
          .isEqualTo("400 M_INVALID_PARAM");
    }
  }

  @Test
  void numberThatIsUnknownIsNotFound() {
    for (var path : List.of(EVENTS, USERS)) {
      for (var id : List.of("/999999999", "/99999999999999999999")) {
        assertThat(gateway.admin().get(path + id).outcome()).isEqualTo("404 M_NOT_FOUND");
        assertThat(gateway.admin().delete(path + id, null).outcome()).isEqualTo("404 M_NOT_FOUND");
      }
    }
  }

  private static long reportEvent(MadeRoom room, String event, String reporter, long at) {
    long id = NEXT.incrementAndGet();
    gateway.execute(
        """
        insert into homeserver.event_report (id, received_at, room_id, event_id, user_id, content)
        values (?, ?, ?, ?, ?, '{"score":-5,"reason":"spam"}')
        """,
        id,
        at,
        room.id(),
        event,
        reporter);
    return id;
  }

  private static long reportUser(String target, String reporter, long at) {
    long id = NEXT.incrementAndGet();
    gateway.execute(
        """
        insert into homeserver.user_report (id, received_at, target_user_id, user_id, reason)
        values (?, ?, ?, ?, 'spam')
        """,
        id,
        at,
        Community.user(target),
        Community.user(reporter));
    return id;
  }

  private static List<Long> ids(String key, String path) {
    JsonNode list = gateway.admin().get(path).json().path(key);
    return list.findValues("id").stream().map(JsonNode::longValue).toList();
  }
}
