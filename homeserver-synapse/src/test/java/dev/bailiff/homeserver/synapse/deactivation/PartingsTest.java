package dev.bailiff.homeserver.synapse.deactivation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.homeserver.synapse.pace.PaceConfig;
import dev.bailiff.homeserver.synapse.pace.Pacing;
import dev.bailiff.testing.synapse.LocalServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that shows for each user the rooms which a test leaves. */
class PartingsTest {
  private static final int USERS = 100;
  private static final int ROOMS = 5;

  @TempDir Path folder;

  private final Map<Integer, Integer> rooms = new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();
  private final List<Target> users =
      IntStream.range(0, USERS).mapToObj(n -> new Target(n, "@" + n + ":chat.example")).toList();
  private Instant now = Instant.ofEpochSecond(1_000_000);
  private LocalServer server;
  private ItemCalls calls;
  private Partings partings;

  @BeforeEach
  void start() throws Exception {
    users.forEach(user -> rooms.put(user.number(), ROOMS));
    server =
        LocalServer.answering(
            exchange -> {
              questions.incrementAndGet();
              var path = exchange.getRequestURI().getPath();
              int user = Integer.parseInt(path.substring(path.indexOf('@') + 1, path.indexOf(':')));
              var joined =
                  IntStream.range(0, rooms.get(user))
                      .mapToObj(room -> "\"!" + room + ":chat.example\"")
                      .collect(Collectors.joining(","));
              LocalServer.answer(
                  exchange, 200, ("{\"deactivated\":true,\"joined_rooms\":[" + joined + "]}"));
            });
    calls = new ItemCalls(new Pacing(PaceConfig.defaults(), () -> {}));
    partings = new Partings(new UserCalls(server.account(folder)), calls, () -> now);
  }

  @AfterEach
  void stop() {
    calls.close();
    server.close();
  }

  @Test
  void aLookAsksOnlyForTheUsersAroundTheOneWhoLeaves() {
    var first = look(null);
    assertThat(questions.getAndSet(0)).isEqualTo(USERS);
    leave(0);
    rooms.put(1, 2);

    var second = look(first.next());

    assertThat(second.done()).isEqualTo(ROOMS + 3);
    assertThat(questions.get()).isLessThan(USERS / 4);
  }

  @Test
  void usersWhoLeaveInAnotherOrderAreFound() {
    var first = look(null);
    leave(USERS - 1);

    assertThat(look(first.next()).done()).isEqualTo(ROOMS);
  }

  @Test
  void theNextLookComesWhenHalfOfTheRoomsShouldBeLeft() {
    var first = look(null);
    pass(first);
    for (int user = 0; user < USERS / 5; user++) {
      leave(user);
    }
    now = now.plusMillis(1_000 - pause(first).toMillis());

    // A fifth in a second: four seconds for the rest.
    assertThat(pause(look(first.next()))).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void theEndIsFoundFromAnyLook() {
    var outcome = look(null);
    long done = 0;
    for (int user = 0; user < USERS; user++) {
      leave(user);
      if (user % 10 == 9) {
        pass(outcome);
        outcome = look(outcome.next());
        done += outcome.done();
      }
    }

    assertThat(outcome.next()).isNull();
    assertThat(done).isEqualTo(USERS * ROOMS);
  }

  private void leave(int user) {
    rooms.put(user, 0);
  }

  private void pass(BatchOutcome outcome) {
    now = now.plus(pause(outcome));
  }

  private static Duration pause(BatchOutcome outcome) {
    var snooze = outcome.snooze();
    return snooze == null ? Duration.ZERO : snooze.delay();
  }

  private BatchOutcome look(@Nullable Cursor after) {
    return partings.await(
        new RoomParting(users, after, USERS),
        new BatchCommit() {
          @Override
          public void fence() {}

          @Override
          public BatchOutcome record(BatchOutcome outcome) {
            return outcome;
          }
        });
  }
}
