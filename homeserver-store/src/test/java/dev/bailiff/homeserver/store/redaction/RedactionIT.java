package dev.bailiff.homeserver.store.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.redaction.EventsLeft;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.store.CommunityStore;
import dev.bailiff.testing.homeserver.BatchDriver;
import dev.bailiff.testing.homeserver.Community;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Admin-api 4.34, tested on the rows. */
class RedactionIT extends CommunityStore {
  private static final String SPAMMER = Community.user("crypto-gain-02");

  @Test
  void redactionIsAnEventThatNamesItsTarget() {
    String target =
        text(
            "select event_id from homeserver.event where sender = ? and room_id = ?"
                + " and type = 'm.room.message' order by stream_ordering limit 1",
            SPAMMER,
            ROOM);

    redact(SPAMMER, ROOM, null, "spam");

    assertThat(
            text(
                """
                select t.content || ' ' || e.type || ' ' || e.sender || ' ' || e.content
                  || ' ' || coalesce(e.extra::text, '-') || ' ' || r.have_censored
                from homeserver.redaction r
                join homeserver.event e on e.event_id = r.event_id
                join homeserver.event t on t.event_id = r.redacts and t.room_id = e.room_id
                where r.redacts = ?
                """,
                target))
        .isEqualTo(
            "{} m.room.redaction %s {\"reason\":\"spam\",\"redacts\":\"%s\"} - true"
                .formatted(SPAMMER, target));
  }

  @Test
  void beforeVersionElevenTheTargetIsAtTheTop() {
    execute("update homeserver.room set room_version = '10' where room_id = ?", ROOM);

    redact(SPAMMER, ROOM, null, "");

    assertThat(
            count(
                """
                homeserver.redaction r join homeserver.event e on e.event_id = r.event_id
                where e.sender = ? and e.room_id = ? and e.content::text = '{}'
                  and e.extra::text = '{"redacts":"' || r.redacts || '"}'
                """,
                SPAMMER,
                ROOM))
        .isPositive();
  }

  @Test
  void joinsKeepTheMembershipAndOtherMembershipsStay() {
    String member =
        "homeserver.event where sender = ? and type = 'm.room.member' and content::text ";
    execute(
        "update homeserver.event set content = '{\"membership\":\"leave\",\"displayname\":\"X\"}'"
            + " where event_id = (select event_id from homeserver.event where sender = ?"
            + " and type = 'm.room.member' and room_id <> ? limit 1)",
        SPAMMER,
        ROOM);

    redactAll(SPAMMER);

    assertThat(count(member + "= '{\"membership\":\"join\"}'", SPAMMER)).isPositive();
    assertThat(count(member + "like '%\"X\"%'", SPAMMER)).isEqualTo(1);
  }

  @Test
  void escapesThatPostgresCannotReadAreNoObstacle() {
    execute(
        "update homeserver.event set content = '{\"membership\":\"join\",\"displayname\":\"\\u0000\\ud800\"}'"
            + " where sender = ? and room_id = ? and type = 'm.room.member'",
        SPAMMER,
        ROOM);

    BatchDriver.Total redacted = redact(SPAMMER, ROOM, null, "spam");

    assertThat(redacted.failures()).isEmpty();
    assertThat(count("homeserver.event where content::text like '%\\\\u0000%'")).isZero();
  }

  @Test
  void textIsFoundBesideEscapesThatPostgresCannotRead() {
    execute(
        "update homeserver.event set content = '{\"body\":\"Zebra\\u0000\"}'"
            + " where event_id = (select event_id from homeserver.event where sender = ? and room_id = ?"
            + " and type = 'm.room.message' limit 1)",
        SPAMMER,
        ROOM);

    var redacted = run(chosen("m.room.message", "ZEBRA"), ADMIN, false, "spam");

    assertThat(redacted.done()).isEqualTo(1);
    assertThat(count("homeserver.event where content::text like '%Zebra%'")).isZero();
  }

  @Test
  void stateThatIsRedactedKeepsWhatItsTypeKeepsAndLeavesTheSummary() {
    execute(
        "update homeserver.event set type = 'm.room.join_rules', state_key = '',"
            + " content = '{\"join_rule\":\"public\",\"more\":1}'"
            + " where event_id = (select event_id from homeserver.event where sender = ? and room_id = ?"
            + " and type = 'm.room.message' limit 1)",
        SPAMMER,
        ROOM);
    execute("delete from homeserver.room_change");

    var redacted = run(chosen("m.room.join_rules", null), ADMIN, false, "spam");

    assertThat(redacted.done()).isEqualTo(1);
    assertThat(
            count(
                "homeserver.event where sender = ? and type = 'm.room.join_rules'"
                    + " and content::text = '{\"join_rule\":\"public\"}'",
                SPAMMER))
        .isEqualTo(1);
    assertThat(count("homeserver.room_change where room_id = ?", ROOM)).isEqualTo(1);
  }

  @Test
  void writtenRoomsAreThoseWithAnEventOfTheUser() {
    var rooms = new ArrayList<String>();
    String after = null;
    for (var page = homeserver.redaction().writtenRooms(SPAMMER, null, 2);
        !page.isEmpty();
        page = homeserver.redaction().writtenRooms(SPAMMER, after, 2)) {
      rooms.addAll(page);
      after = page.get(page.size() - 1);
    }

    assertThat(rooms)
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize(
            (int)
                count(
                    "(select distinct room_id from homeserver.event where sender = ?) r", SPAMMER));
  }

  private static RedactionScope chosen(String type, @Nullable String contains) {
    return new RedactionScope(
        new Target(0, SPAMMER),
        List.of(ROOM),
        null,
        new EventConditions(List.of(type), null, null, contains));
  }

  @Test
  void limitTakesTheNewest() {
    redact(SPAMMER, ROOM, 2, "spam");

    assertThat(
            count(
                """
                (select event_id from homeserver.event
                 where sender = ? and room_id = ? and type in ('m.room.message', 'm.room.member')
                 order by stream_ordering desc limit 2) newest
                join homeserver.redaction r on r.redacts = newest.event_id
                """,
                SPAMMER,
                ROOM))
        .isEqualTo(2);
    assertThat(
            count(
                "homeserver.redaction r join homeserver.event e on e.event_id = r.redacts where e.sender = ?",
                SPAMMER))
        .isEqualTo(2);
  }

  @Test
  void adminWhoIsNotThereCannotRedact() {
    BatchDriver.Total redacted = redactAs("@bailiff:chat.example", true);

    assertThat(redacted.done()).isZero();
    assertThat(redacted.failures())
        .isNotEmpty()
        .allMatch(failure -> failure.code().equals("M_FORBIDDEN") && !failure.failsTarget());
    assertThat(count("homeserver.redaction")).isEqualTo(30);
  }

  @Test
  void adminWithPowerRedacts() {
    String creator = text("select creator from homeserver.room where room_id = ?", ROOM);

    BatchDriver.Total redacted = redactAs(creator, true);

    assertThat(redacted.failures()).isEmpty();
    assertThat(redacted.done()).isPositive();
    assertThat(
            count(
                "homeserver.event where type = 'm.room.redaction' and sender = ? and room_id = ?",
                creator,
                ROOM))
        .isGreaterThanOrEqualTo(redacted.done());
  }

  @Test
  void memberWithoutPowerCannotRedactForOthers() {
    BatchDriver.Total redacted = redactAs(Community.user("pia"), true);

    assertThat(redacted.done()).isZero();
    assertThat(redacted.failures()).isNotEmpty();
  }

  @Test
  void verificationInSmallPagesCountsTheSame() {
    List<String> rooms = homeserver.redaction().redactableRooms(SPAMMER, null, 100);
    RedactionScope scope =
        new RedactionScope(new Target(0, SPAMMER), rooms, 4, EventConditions.between(null, null));
    long candidates =
        count(
            """
            (select row_number() over (partition by room_id order by stream_ordering desc) as n
             from homeserver.event
             where sender = ? and type in ('m.room.message', 'm.room.encrypted', 'm.room.member')) c
            where n <= 4
            """,
            SPAMMER);
    redact(SPAMMER, rooms.get(0), 1, "spam");

    assertThat(rooms).hasSizeGreaterThan(1);
    for (long page : List.of(1L, 7L, 50_000L)) {
      EventsLeft left =
          jdbi.withHandle(handle -> new RedactionVerification(handle, scope, page).run());
      assertThat(left).isEqualTo(new EventsLeft(candidates - 1, null));
    }
  }

  @Test
  void whatAPurgeOfHistoryTookTheRedactionsFromIsNotLeftOver() {
    redactAll(SPAMMER);
    RedactionScope scope =
        new RedactionScope(
            new Target(0, SPAMMER),
            homeserver.redaction().redactableRooms(SPAMMER, null, 100),
            null,
            EventConditions.between(null, null));

    execute("delete from homeserver.redaction");
    assertThat(homeserver.redaction().eventsLeft(scope, null)).isEqualTo(new EventsLeft(0, null));

    execute(
        """
        update homeserver.event set content = '{"membership":"join","displayname":"Buy"}'
        where sender = ? and room_id = ? and type = 'm.room.member'
        """,
        SPAMMER,
        ROOM);
    assertThat(homeserver.redaction().eventsLeft(scope, null)).isEqualTo(new EventsLeft(1, null));
  }

  @Test
  void roomNamedTwiceIsRedactedOnce() {
    RedactionScope scope =
        new RedactionScope(
            new Target(0, SPAMMER), List.of(ROOM, ROOM), null, EventConditions.between(null, null));

    BatchDriver.Total redacted = run(scope, ADMIN, false, "spam");

    assertThat(redacted.done()).isEqualTo(redacted.skipped());
  }

  @Test
  void roomThatVanishedIsSkipped() {
    RedactionScope scope =
        new RedactionScope(
            new Target(0, SPAMMER), List.of(ROOM), null, EventConditions.between(null, null));
    List<Range> ranges = homeserver.redaction().redactionRanges(scope, null, 5).ranges();
    execute("delete from homeserver.room where room_id = ?", ROOM);

    BatchDriver.Total redacted = redact(ranges, ADMIN, false, "spam");

    assertThat(redacted.done()).isZero();
    assertThat(redacted.skipped()).isEqualTo(ranges.stream().mapToLong(Range::items).sum());
  }

  private BatchDriver.Total redactAs(String admin, boolean asAdmin) {
    return run(
        new RedactionScope(
            new Target(0, SPAMMER), List.of(ROOM), null, EventConditions.between(null, null)),
        admin,
        asAdmin,
        "spam");
  }

  private BatchDriver.Total redact(
      String user, String room, @Nullable Integer limit, String reason) {
    return run(
        new RedactionScope(
            new Target(0, user), List.of(room), limit, EventConditions.between(null, null)),
        ADMIN,
        false,
        reason);
  }

  private void redactAll(String user) {
    run(
        new RedactionScope(
            new Target(0, user),
            homeserver.redaction().redactableRooms(user, null, 100),
            null,
            EventConditions.between(null, null)),
        ADMIN,
        false,
        "spam");
  }

  private BatchDriver.Total run(
      RedactionScope scope, String admin, boolean asAdmin, String reason) {
    return redact(
        homeserver.redaction().redactionRanges(scope, null, 4).ranges(), admin, asAdmin, reason);
  }

  private BatchDriver.Total redact(
      List<Range> ranges, String admin, boolean asAdmin, String reason) {
    return BatchDriver.run(
        (cursor, commit) ->
            homeserver
                .redaction()
                .redact(new Redaction(ranges, cursor, 3, JOB, admin, asAdmin, reason), commit));
  }
}
