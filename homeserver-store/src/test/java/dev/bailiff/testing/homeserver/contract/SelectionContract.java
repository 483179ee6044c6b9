package dev.bailiff.testing.homeserver.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.selection.SelectionPort;
import dev.bailiff.homeserver.selection.TargetCount;
import dev.bailiff.schemas.filter.Condition;
import dev.bailiff.schemas.filter.FilterException;
import dev.bailiff.schemas.filter.FilterReader;
import dev.bailiff.schemas.filter.TargetFilter;
import dev.bailiff.schemas.kind.TargetType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Finding targets: three users, two of whom share a room, and their media. */
public abstract class SelectionContract extends HomeserverContract {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration COUNTED = Duration.ofSeconds(30);

  /** Tests may share a homeserver; each has users whose names begin in their own way. */
  private static final AtomicInteger TESTS = new AtomicInteger();

  private final String name = "seek" + TESTS.incrementAndGet() + "x";
  private final String any = "'user_id': '@" + name + "-*'";

  private String ann;
  private String ben;
  private String cat;
  private String room;

  @BeforeEach
  void fill() {
    ann = fixture().newUser(name + "-ann");
    ben = fixture().newUser(name + "-ben");
    cat = fixture().newUser(name + "-cat");
    room = fixture().newRoom(ann, ben);
  }

  private SelectionPort port() {
    return homeserver().selection();
  }

  @Test
  void usersAreFoundOnceInTheOrderOfTheirIds() {
    var filter = users("{" + any + "}");

    assertThat(find(filter, 2)).containsExactlyElementsOf(new TreeSet<>(List.of(ann, ben, cat)));
    assertThat(find(filter, 100)).containsExactlyElementsOf(new TreeSet<>(List.of(ann, ben, cat)));
  }

  @Test
  void anyOfTheListIsEnoughAndAllConditionsAreNeeded() {
    var ids = "'user_id': ['" + ann + "', '" + cat + "']";

    assertThat(find(users("{" + ids + "}"), 100)).containsExactlyInAnyOrder(ann, cat);
    assertThat(find(users("{" + ids + ", 'in_room': '" + room + "'}"), 100)).containsExactly(ann);
  }

  @Test
  void membersOfARoomAreFound() {
    assertThat(find(users("{'in_room': '" + room + "'}"), 1)).containsExactlyInAnyOrder(ann, ben);
  }

  @Test
  void closedAccountsAreOutUnlessTheyAreAskedFor() {
    new DeactivationSteps(homeserver().deactivation()).close(List.of(new Target(0, ben)), false);

    assertThat(find(users("{" + any + "}"), 100)).containsExactlyInAnyOrder(ann, cat);
    assertThat(find(users("{" + any + ", 'deactivated': true}"), 100)).containsExactly(ben);
    assertThat(find(users("{" + any + ", 'deactivated': [true, false]}"), 100))
        .containsExactlyInAnyOrder(ann, ben, cat);
  }

  @Test
  void roomsAreFoundByIdAliasAndMembers() {
    var alone = fixture().newRoom(cat);
    var alias = fixture().newAlias(room, "seek");
    var ids = "'room_id': ['" + room + "', '" + alone + "']";

    // A homeserver may count members a moment later.
    await()
        .atMost(COUNTED)
        .untilAsserted(
            () -> {
              assertThat(find(rooms("{" + ids + "}"), 1)).containsExactlyInAnyOrder(room, alone);
              assertThat(find(rooms("{" + ids + ", 'members_at_least': 2}"), 100))
                  .containsExactly(room);
              assertThat(find(rooms("{" + ids + ", 'members_at_most': 1}"), 100))
                  .containsExactly(alone);
              assertThat(find(rooms("{'alias': '" + alias + "', " + ids + "}"), 100))
                  .isSubsetOf(List.of(room));
            });
  }

  @Test
  void mediaAreFoundByOwnerAndSize() {
    var small = fixture().upload(ann, 100);
    var large = fixture().upload(ann, 1_000);
    var other = fixture().upload(ben, 1_000);

    assertThat(new TreeSet<>(find(media("{'owner': '" + ann + "'}"), 1))).contains(small, large);
    assertThat(new TreeSet<>(find(media("{'owner': '" + ann + "', 'size_more_than': 500}"), 1)))
        .contains(large)
        .doesNotContain(small, other);
  }

  @Test
  void countSaysHowManyThereAreAndNamesSome() {
    var filter = users("{" + any + "}");

    assertThat(port().count(filter, 2, LONG))
        .isEqualTo(
            new TargetCount(
                3, true, new TreeSet<>(List.of(ann, ben, cat)).stream().limit(2).toList()));
  }

  /** No condition that is answered breaks on its way to the homeserver, in either of its values. */
  @ParameterizedTest
  @EnumSource
  void everyConditionThatIsNotRefusedCanBeAsked(TargetType targets) {
    for (var condition : Condition.of(targets)) {
      if (port().refusal(condition).isEmpty()) {
        for (var value : values(condition)) {
          var filter = filter(targets, "{'" + condition.key() + "': " + value + "}");
          assertThatCode(() -> port().find(filter, null, 5))
              .as("%s: %s", condition.key(), value)
              .doesNotThrowAnyException();
          assertThatCode(() -> port().count(filter, 5, LONG))
              .as("%s: %s", condition.key(), value)
              .doesNotThrowAnyException();
        }
      }
    }
  }

  private List<String> values(Condition condition) {
    return switch (condition.type()) {
      case GLOB -> List.of("'*a?*'", "['*x', '*y%_*']");
      case TEXT -> List.of("'bot'", "['', 'support']");
      case ROOM_ID -> List.of("'" + room + "'");
      case ADDRESS -> List.of("['203.0.113.0/24', '::1']");
      case FLAG -> List.of("true", "false");
      case TIME -> List.of("'-1h'");
      case NUMBER -> List.of("3");
      case SIZE -> List.of("'1MB'");
    };
  }

  /** All that a filter finds, in pages. */
  private List<String> find(TargetFilter filter, int size) {
    var found = new ArrayList<String>();
    Cursor next = null;
    do {
      var page = port().find(filter, next, size);
      found.addAll(page.ids());
      next = page.next();
    } while (next != null);
    return found;
  }

  private static TargetFilter users(String json) {
    return filter(TargetType.USER, json);
  }

  private static TargetFilter rooms(String json) {
    return filter(TargetType.ROOM, json);
  }

  private static TargetFilter media(String json) {
    return filter(TargetType.MEDIA, json);
  }

  private static TargetFilter filter(TargetType targets, String json) {
    try {
      return FilterReader.read(
          targets, new ObjectMapper().readTree(json.replace('\'', '"')), Instant.now());
    } catch (FilterException | JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}
