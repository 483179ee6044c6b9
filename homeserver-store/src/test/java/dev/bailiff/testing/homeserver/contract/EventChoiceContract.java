package dev.bailiff.testing.homeserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redacting some of a user's events: ten messages in each of two rooms of somebody else. */
public abstract class EventChoiceContract extends HomeserverContract {
  private static final int MESSAGES = 10;

  private Target spammer;
  private final Map<String, List<String>> spam = new HashMap<>();

  @BeforeEach
  void fill() {
    String other = fixture().newUser("other");
    spammer = new Target(0, fixture().newUser("chooser"));
    for (int i = 0; i < 2; i++) {
      String room = fixture().newRoom(other, spammer.id());
      List<String> messages = new ArrayList<>();
      for (int n = 0; n < MESSAGES; n++) {
        messages.add(fixture().send(room, spammer.id(), "Buy coins " + n));
      }
      spam.put(room, messages);
    }
  }

  private RedactionSteps steps() {
    return new RedactionSteps(port(), fixture().admin());
  }

  private RedactionPort port() {
    return homeserver().redaction();
  }

  private RedactionScope scope(EventConditions conditions) {
    return new RedactionScope(spammer, steps().rooms(spammer), null, conditions);
  }

  private static EventConditions ofType(String type, @Nullable String contains) {
    return new EventConditions(List.of(type), null, null, contains);
  }

  @Test
  void textChoosesEventsInAnyLetterCase() {
    var scope = scope(ofType("m.room.message", "BUY coins 7"));
    var ranges = steps().ranges(scope);
    var wanted = spam.values().stream().map(messages -> messages.get(7)).toList();

    BatchDriver.Total redacted = steps().redact(ranges);

    assertThat(redacted.done()).isEqualTo(wanted.size());
    assertThat(redacted.failures()).isEmpty();
    assertThat(redactedSpam()).containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(port().eventsLeft(scope, null)).isEqualTo(new EventsLeft(0, null));
    assertThat(port().eventsLeft(scope(ofType("m.room.message", null)), null).count())
        .isEqualTo(2L * (MESSAGES - 1));
  }

  /** A batch redacts a part of what is chosen, and the next one goes on behind it. */
  @Test
  void allEventsWithATextAreRedactedInMoreThanOneBatch() {
    var scope = scope(ofType("m.room.message", "coins"));
    var ranges = steps().ranges(scope);
    assertThat(port().eventsLeft(scope, null).count()).isEqualTo(2L * MESSAGES);

    BatchDriver.Total redacted = steps().redact(ranges);

    assertThat(redacted.done()).isEqualTo(2L * MESSAGES);
    assertThat(redacted.items()).isEqualTo(Ranges.items(ranges));
    assertThat(port().eventsLeft(scope, null)).isEqualTo(new EventsLeft(0, null));
    assertThat(redactedSpam())
        .containsExactlyInAnyOrderElementsOf(spam.values().stream().flatMap(List::stream).toList());
  }

  @Test
  void typeChoosesEvents() {
    var joins = scope(ofType("m.room.member", null));

    BatchDriver.Total redacted = steps().redact(steps().ranges(joins));

    assertThat(redacted.done()).isEqualTo(spam.size());
    assertThat(redactedSpam()).isEmpty();
    assertThat(port().eventsLeft(joins, null)).isEqualTo(new EventsLeft(0, null));
  }

  @Test
  void aTypeThatNobodySentChoosesNothing() {
    var scope = scope(ofType("m.reaction", null));

    assertThat(Ranges.items(steps().ranges(scope))).isZero();
    assertThat(port().eventsLeft(scope, null)).isEqualTo(new EventsLeft(0, null));
  }

  private List<String> redactedSpam() {
    var redacted = new ArrayList<String>();
    spam.forEach(
        (room, messages) ->
            messages.stream()
                .filter(message -> fixture().isRedacted(room, message))
                .forEach(redacted::add));
    return redacted;
  }
}
