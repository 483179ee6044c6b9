package dev.bailiff.testing.homeserver.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.redaction.EventsLeft;
import dev.bailiff.homeserver.redaction.RedactionPort;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.testing.homeserver.BatchDriver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redacting events: a spammer who wrote ten messages in each of two rooms of somebody else. */
public abstract class RedactionContract extends HomeserverContract {
  private static final int MESSAGES = 10;

  private Target spammer;
  private final Map<String, List<String>> spam = new HashMap<>();
  private final Map<String, String> others = new HashMap<>();

  @BeforeEach
  void fill() {
    String other = fixture().newUser("other");
    spammer = new Target(0, fixture().newUser("spammer"));
    for (int i = 0; i < 2; i++) {
      String room = fixture().newRoom(other, spammer.id());
      List<String> messages = new ArrayList<>();
      for (int n = 0; n < MESSAGES; n++) {
        messages.add(fixture().send(room, spammer.id(), "Buy coins " + n));
      }
      spam.put(room, messages);
      others.put(room, fixture().send(room, other, "No, thanks"));
    }
  }

  private RedactionPort port() {
    return homeserver().redaction();
  }

  protected final RedactionSteps steps() {
    return new RedactionSteps(port(), fixture().admin());
  }

  /** All that the spammer wrote. */
  protected final RedactionScope all() {
    return steps().scope(spammer, null);
  }

  @Test
  void redactionTakesEveryCandidateOnce() {
    RedactionScope scope = all();
    List<Range> ranges = steps().ranges(scope);
    long candidates = Ranges.items(ranges);
    assertThat(port().eventsLeft(scope, null).count()).isPositive();

    BatchDriver.Total redacted = steps().redact(ranges);

    assertThat(candidates).isGreaterThanOrEqualTo(2L * MESSAGES);
    assertThat(redacted.items()).isEqualTo(candidates);
    assertThat(redacted.failures()).isEmpty();
    assertThat(redacted.done()).isGreaterThanOrEqualTo(2L * MESSAGES);
    assertThat(port().eventsLeft(scope, null)).isEqualTo(new EventsLeft(0, null));
    assertAllRedacted();
    others.forEach((room, event) -> assertThat(fixture().isRedacted(room, event)).isFalse());
  }

  private void assertAllRedacted() {
    spam.forEach(
        (room, messages) ->
            assertThat(messages).allMatch(message -> fixture().isRedacted(room, message)));
  }

  @Test
  void redactingTwiceRedactsNothingMore() {
    List<Range> ranges = steps().ranges(all());
    long candidates = steps().redact(ranges).items();

    BatchDriver.Total again = steps().redact(ranges);

    assertThat(again.done()).isZero();
    assertThat(again.skipped()).isEqualTo(candidates);
    assertThat(Ranges.items(steps().ranges(all()))).isEqualTo(candidates);
  }

  @Test
  void redactionLimitCountsPerRoomFromTheNewest() {
    List<Range> ranges = steps().ranges(steps().scope(spammer, 2));

    BatchDriver.Total redacted = steps().redact(ranges);

    assertThat(Ranges.items(ranges)).isEqualTo(2L * spam.size());
    assertThat(redacted.done()).isEqualTo(2L * spam.size());
    spam.forEach(
        (room, messages) ->
            assertThat(messages)
                .filteredOn(message -> fixture().isRedacted(room, message))
                .isEqualTo(messages.subList(MESSAGES - 2, MESSAGES)));
  }

  @Test
  void redactableRoomsComeInPages() {
    List<String> all = steps().rooms(spammer);
    List<String> paged = new ArrayList<>();
    String after = null;
    for (List<String> page = port().redactableRooms(spammer.id(), null, 1);
        !page.isEmpty();
        page = port().redactableRooms(spammer.id(), after, 1)) {
      paged.addAll(page);
      after = page.get(page.size() - 1);
    }

    assertThat(all).isSorted().containsExactlyInAnyOrderElementsOf(spam.keySet());
    assertThat(paged).isEqualTo(all);
  }

  @Test
  void writtenRoomsAreAlsoThoseThatTheUserLeft() {
    String left = spam.keySet().iterator().next();
    String never = fixture().newRoom(fixture().newUser("bystander"));
    fixture().leave(left, spammer.id());

    List<String> written = writtenRooms();

    assertThat(steps().rooms(spammer)).doesNotContain(left);
    assertThat(written).isSorted().containsAll(spam.keySet()).doesNotContain(never);
  }

  private List<String> writtenRooms() {
    List<String> paged = new ArrayList<>();
    String after = null;
    for (List<String> page = port().writtenRooms(spammer.id(), null, 1);
        !page.isEmpty();
        page = port().writtenRooms(spammer.id(), after, 1)) {
      assertThat(page).hasSize(1);
      paged.addAll(page);
      after = page.get(0);
    }
    assertThat(port().writtenRooms(spammer.id(), null, 1000)).isEqualTo(paged);
    return paged;
  }

  @Test
  void eventsAreRedactedInRoomsThatTheUserLeft() {
    spam.keySet().forEach(room -> fixture().leave(room, spammer.id()));
    RedactionScope scope =
        new RedactionScope(spammer, writtenRooms(), null, EventConditions.between(null, null));

    BatchDriver.Total redacted = steps().redact(steps().ranges(scope));

    assertThat(redacted.failures()).isEmpty();
    assertThat(redacted.done()).isGreaterThanOrEqualTo(2L * MESSAGES);
    assertThat(port().eventsLeft(scope, null)).isEqualTo(new EventsLeft(0, null));
    assertAllRedacted();
  }

  @Test
  void rangesNameTheirTarget() {
    Target second = new Target(7, spammer.id());
    List<Range> ranges =
        steps()
            .ranges(
                new RedactionScope(
                    second, steps().rooms(spammer), null, EventConditions.between(null, null)));

    assertThat(ranges).isNotEmpty().allSatisfy(r -> assertThat(port().targetOf(r)).isEqualTo(7));
  }

  @Test
  void eventsInTheFutureAreNoCandidates() {
    RedactionScope scope =
        new RedactionScope(
            spammer,
            steps().rooms(spammer),
            null,
            EventConditions.between(Long.MAX_VALUE - 1, null));

    assertThat(Ranges.items(steps().ranges(scope))).isZero();
    assertThat(port().eventsLeft(scope, null)).isEqualTo(new EventsLeft(0, null));
  }

  @Test
  void writtenRoomsAreTheRoomsOfTheUserInPages() {
    var first = port().writtenRooms(spammer.id(), null, 1);
    var rest = port().writtenRooms(spammer.id(), first.get(0), 100);

    assertThat(first).hasSize(1);
    assertThat(Stream.concat(first.stream(), rest.stream()))
        .isSorted()
        .containsExactlyInAnyOrderElementsOf(spam.keySet());
  }

  @Test
  void lostLeaseRedactsNothing() {
    IllegalStateException lost = new IllegalStateException("the lease is lost");
    List<Range> ranges = steps().ranges(all());

    assertThatThrownBy(() -> steps().redact(ranges, null, lost(lost))).isSameAs(lost);

    spam.forEach(
        (room, messages) ->
            assertThat(messages).noneMatch(message -> fixture().isRedacted(room, message)));
    assertThat(steps().redact(ranges).done()).isGreaterThanOrEqualTo(2L * MESSAGES);
  }

  @Test
  void batchWhoseRecordFailedIsDoneOnceInTheEnd() {
    IllegalStateException failed = new IllegalStateException("the record failed");
    List<Range> ranges = steps().ranges(all());

    assertThatThrownBy(() -> steps().redact(ranges, null, unrecorded(failed))).isSameAs(failed);
    BatchDriver.Total redacted = steps().redact(ranges);

    assertThat(redacted.items()).isEqualTo(Ranges.items(ranges));
    assertThat(port().eventsLeft(all(), null)).isEqualTo(new EventsLeft(0, null));
    assertAllRedacted();
  }
}
