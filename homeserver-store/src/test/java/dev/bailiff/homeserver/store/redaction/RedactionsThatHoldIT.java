package dev.bailiff.homeserver.store.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.store.CommunityStore;
import dev.bailiff.homeserver.store.timeline.EventFilter;
import dev.bailiff.homeserver.store.timeline.EventFormat;
import dev.bailiff.homeserver.store.timeline.StreamToken;
import dev.bailiff.homeserver.store.timeline.Timeline;
import dev.bailiff.testing.homeserver.BatchDriver;
import dev.bailiff.testing.homeserver.EventRow;
import dev.bailiff.testing.homeserver.RoomRows;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The effect of a redaction, for each reason why it may not be in force, in each room version.
 * Reading, jobs and verdicts agree with each other and with Synapse 1.163.2, whose answers are
 * written here. The events of other servers and the rejected events were written into Synapse's
 * database for that.
 */
class RedactionsThatHoldIT extends CommunityStore {
  private static final int NEWEST_VERSION = 12;
  private static final String LOCAL = "@redactor:chat.example";
  private static final String REMOTE = "@mallory:other.example";
  private static final String OTHER_ROOM = "!elsewhere";

  private final List<Case> cases = new ArrayList<>();
  private int events;

  /**
   * A redaction as it arrived.
   *
   * @param recheck whether the right to redact is judged when the target is read
   */
  private record Arrived(
      String sender,
      boolean recheck,
      boolean stored,
      boolean rejected,
      boolean elsewhere,
      boolean named) {
    static Arrived from(String sender) {
      return new Arrived(sender, false, true, false, false, true);
    }

    Arrived toBeJudged() {
      return new Arrived(sender, true, stored, rejected, elsewhere, named);
    }

    Arrived missing() {
      return new Arrived(sender, recheck, false, rejected, elsewhere, named);
    }

    Arrived refused() {
      return new Arrived(sender, recheck, stored, true, elsewhere, named);
    }

    Arrived inAnotherRoom() {
      return new Arrived(sender, recheck, stored, rejected, true, named);
    }

    Arrived withoutTarget() {
      return new Arrived(sender, recheck, stored, rejected, elsewhere, false);
    }
  }

  /**
   * @param by which of the redactions redacts the message; null if none is in force
   * @param because whether the redaction's event is shown with the message
   * @param shown for each redaction, whether people are shown its event
   */
  private record Case(
      int version,
      String name,
      String room,
      String sender,
      String message,
      List<String> redactions,
      @Nullable Integer by,
      boolean because,
      List<Boolean> shown) {}

  @Test
  void readingJobsAndVerdictsAgreeInAllRoomVersions() {
    IntStream.rangeClosed(1, NEWEST_VERSION).forEach(this::arrange);

    assertThat(cases).allSatisfy(this::isReadAsItShould);
    assertThat(cases).allSatisfy(one -> assertThat(left(one)).isEqualTo(one.by == null ? 1 : 0));
    assertThat(cases)
        .allSatisfy(one -> assertThat(redact(one).done()).isEqualTo(one.by == null ? 1 : 0));
    assertThat(cases).allSatisfy(one -> assertThat(left(one)).isZero());
    assertThat(cases).allSatisfy(one -> assertThat(find(one.message).path("content")).isEmpty());
  }

  @Test
  void firstEventOfARoomIsNeverRedacted() {
    String room = room(10);
    String create = event(room, "m.room.create", LOCAL, "{\"m.federate\":false}", null);
    String redaction = redaction(10, room, create, Arrived.from(LOCAL));

    // A redaction would keep only the creator.
    assertThat(find(create).path("content").has("m.federate")).isTrue();
    assertThat(isShown(room, redaction)).isFalse();
  }

  @Test
  void redactionOfARedactionHidesItsReason() {
    for (int version : new int[] {10, 11}) {
      String room = room(version);
      String message = event(room, "m.room.message", LOCAL, "{\"body\":\"x\"}", null);
      String redaction = redaction(version, room, message, Arrived.from(LOCAL));
      redaction(version, room, redaction, Arrived.from(LOCAL));

      var because = find(message).path("unsigned").path("redacted_because").path("content");

      assertThat(because.has("reason")).isFalse();
      assertThat(because.has("redacts")).isEqualTo(version == 11);
      assertThat(isShown(room, redaction)).isTrue();
    }
  }

  @Test
  void pagesGoOnBehindRedactionsThatAreNotShown() {
    String room = room(10);
    String first = event(room, "m.room.message", LOCAL, "{\"body\":\"x\"}", null);
    redaction(10, room, first, Arrived.from(REMOTE).toBeJudged());

    var page = timeline().page(room, StreamToken.END, StreamToken.START, true, EventFilter.NONE, 1);

    assertThat(page.events()).isEmpty();
    assertThat(page.atEnd()).isFalse();
    assertThat(
            timeline()
                .page(room, page.end(), StreamToken.START, true, EventFilter.NONE, 1)
                .events())
        .singleElement()
        .satisfies(event -> assertThat(event.path("event_id").textValue()).isEqualTo(first));
  }

  private void arrange(int version) {
    var settled = Arrived.from(LOCAL);
    var foreign = Arrived.from(REMOTE);
    // In the first two versions the authorization rules have checked the sender already.
    boolean early = version < 3;
    arrange(version, "own server", 0, true, List.of(true), settled);
    arrange(version, "other server", 0, true, List.of(true), foreign);
    arrange(version, "missing", 0, false, List.of(false), settled.missing());
    arrange(version, "rejected", 0, false, List.of(false), settled.refused());
    arrange(version, "in another room", 0, false, List.of(false), settled.inAnotherRoom());
    arrange(version, "without target", 0, false, List.of(false), settled.withoutTarget());
    arrange(version, "judged: own server", 0, true, List.of(true), settled.toBeJudged());
    arrange(
        version,
        "judged: other server",
        early ? 0 : null,
        early,
        List.of(early),
        foreign.toBeJudged());
    arrange(
        version, "judged: missing", null, false, List.of(false), settled.toBeJudged().missing());
    arrange(
        version, "judged: rejected", null, false, List.of(false), settled.toBeJudged().refused());
    arrange(
        version,
        "judged: in another room",
        null,
        false,
        List.of(false),
        settled.toBeJudged().inAnotherRoom());
    arrange(
        version,
        "the second of two holds",
        1,
        true,
        List.of(false, true),
        foreign.toBeJudged().refused(),
        settled.toBeJudged());
    arrange(
        version,
        "one judged, one settled",
        1,
        true,
        List.of(early, true),
        foreign.toBeJudged(),
        settled);
    arrange(
        version,
        "neither of two holds",
        null,
        false,
        List.of(false, false),
        foreign.toBeJudged().refused(),
        settled.toBeJudged().missing());
    arrange(version, "none", null, false, List.of());
  }

  private void arrange(
      int version,
      String name,
      @Nullable Integer by,
      boolean because,
      List<Boolean> shown,
      Arrived... redactions) {
    String room = room(version);
    String sender = "@sender-" + events + ":chat.example";
    String message = event(room, "m.room.message", sender, "{\"body\":\"x\"}", null);
    List<String> ids = new ArrayList<>();
    for (Arrived arrived : redactions) {
      ids.add(redaction(version, room, message, arrived));
    }
    cases.add(new Case(version, name, room, sender, message, ids, by, because, shown));
  }

  private String room(int version) {
    return new RoomRows(jdbi).room("!room-" + events++, "" + version, null);
  }

  private String event(
      String room, String type, String sender, String content, @Nullable String extra) {
    String id = "$held-" + events++;
    return EventRow.of(room, type, sender, null)
        .depth(events)
        .at(1000)
        .content(content)
        .extra(extra)
        .insert(jdbi, id);
  }

  private String redaction(int version, String room, String target, Arrived arrived) {
    String name = "\"redacts\":\"%s\"".formatted(target);
    boolean inContent = version >= 11;
    String id =
        event(
            arrived.elsewhere ? OTHER_ROOM : room,
            "m.room.redaction",
            arrived.sender,
            inContent && arrived.named
                ? "{\"reason\":\"r\",%s}".formatted(name)
                : "{\"reason\":\"r\"}",
            !inContent && arrived.named ? "{%s}".formatted(name) : null);
    execute("update homeserver.event set rejected = ? where event_id = ?", arrived.rejected, id);
    if (!arrived.stored) {
      execute("delete from homeserver.event where event_id = ?", id);
    }
    execute(
        "insert into homeserver.redaction (event_id, redacts, recheck) values (?, ?, ?)",
        id,
        target,
        arrived.recheck);
    return id;
  }

  private void isReadAsItShould(Case one) {
    ObjectNode message = find(one.message);
    String by = one.by == null ? null : one.redactions.get(one.by);
    assertThat(message.path("content").isEmpty()).as("redacted").isEqualTo(one.by != null);
    assertThat(message.path("unsigned").path("redacted_by").textValue()).isEqualTo(by);
    assertThat(message.path("unsigned").has("redacted_because")).isEqualTo(one.because);
    assertThat(timeline().asStored(one.message))
        .hasValueSatisfying(stored -> assertThat(stored.path("content")).isNotEmpty());
    assertThat(one.redactions.stream().map(id -> isShown(one.room, id)).toList())
        .as("shown")
        .isEqualTo(one.shown);
  }

  private boolean isShown(String room, String event) {
    boolean inPage =
        timeline()
            .page(room, StreamToken.END, StreamToken.START, true, EventFilter.NONE, 100)
            .events()
            .stream()
            .anyMatch(shown -> shown.path("event_id").textValue().equals(event));
    assertThat(timeline().find(event, EventFormat.CLIENT).isPresent()).isEqualTo(inPage);
    assertThat(timeline().asStored(event).isPresent()).isEqualTo(inPage);
    return inPage;
  }

  private ObjectNode find(String event) {
    return timeline().find(event, EventFormat.CLIENT).orElseThrow().json();
  }

  private Timeline timeline() {
    return new Timeline(jdbi, Clock.systemUTC());
  }

  private long left(Case one) {
    return homeserver.redaction().eventsLeft(scope(one), null).count();
  }

  private BatchDriver.Total redact(Case one) {
    var ranges = homeserver.redaction().redactionRanges(scope(one), null, 100).ranges();
    return BatchDriver.run(
        (cursor, commit) ->
            homeserver
                .redaction()
                .redact(new Redaction(ranges, cursor, 100, JOB, ADMIN, false, null), commit));
  }

  private static RedactionScope scope(Case one) {
    return new RedactionScope(
        new Target(0, one.sender), List.of(one.room), null, EventConditions.between(null, null));
  }
}
