package dev.bailiff.homeserver.synapse.deactivation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.homeserver.synapse.batch.ReadTime;
import dev.bailiff.homeserver.synapse.pace.PaceConfig;
import dev.bailiff.homeserver.synapse.pace.Pacing;
import dev.bailiff.testing.synapse.LocalServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Users who leave their rooms, on a server that takes a second of the test's clock for each look.
 */
class SlowPartingsTest {
  private static final int USERS = 200;

  @TempDir Path folder;

  private final AtomicLong now = new AtomicLong();
  private final AtomicLong perLook = new AtomicLong(Duration.ofSeconds(1).toNanos());
  private final AtomicInteger looks = new AtomicInteger();
  private final Map<String, Integer> rooms = new ConcurrentHashMap<>();
  private final List<Target> users =
      IntStream.range(0, USERS)
          .mapToObj(n -> new Target(n, "@u%03d:chat.example".formatted(n)))
          .toList();
  private LocalServer server;
  private ItemCalls calls;
  private Partings partings;

  @BeforeEach
  void start() throws IOException {
    server = LocalServer.answering(this::joinedRooms);
    calls =
        new ItemCalls(
            new Pacing(PaceConfig.defaults(), () -> {}), () -> {}, new ReadTime(now::get));
    partings = new Partings(new UserCalls(server.account(folder)), calls);
    users.forEach(user -> rooms.put(user.id(), 2));
  }

  @AfterEach
  void stop() {
    calls.close();
    server.close();
  }

  @Test
  void aLookAtManyUsersEndsInTime() {
    var first = partings.joinedRooms(users);

    assertThat(first).isNotEmpty().hasSizeLessThan(USERS / 2).containsOnly(2L);
    assertThat(looks).hasValueLessThan(USERS / 2);
  }

  @Test
  void roomsAreCountedOnceAlthoughNoLookReachesAllUsers() {
    long done = 0;
    Cursor after = null;
    int batches = 0;
    do {
      var outcome = await(after);
      done += outcome.done();
      after = outcome.next();
      assertThat(outcome.failures()).isEmpty();
      leaveSome();
      assertThat(batches++).isLessThan(1000);
    } while (after != null);

    assertThat(rooms.values()).containsOnly(0);
    assertThat(done).isPositive().isLessThanOrEqualTo(2L * USERS);
  }

  @Test
  void fastServerIsLookedAtWhole() {
    perLook.set(0);

    var first = await(null);
    rooms.replaceAll((user, left) -> 1);
    var second = await(first.next());
    rooms.replaceAll((user, left) -> 0);
    var last = await(second.next());

    assertThat(List.of(first.done(), second.done(), last.done()))
        .containsExactly(0L, (long) USERS, (long) USERS);
    assertThat(last.next()).isNull();
  }

  private BatchOutcome await(@Nullable Cursor after) {
    return partings.await(new RoomParting(users, after, 2000), new Noted());
  }

  /** Synapse leaves the rooms of one user after the other. */
  private void leaveSome() {
    for (int n = 0; n < 10; n++) {
      rooms.entrySet().stream()
          .filter(user -> user.getValue() > 0)
          .min(Map.Entry.comparingByKey())
          .ifPresent(user -> rooms.merge(user.getKey(), -1, Integer::sum));
    }
  }

  private void joinedRooms(HttpExchange exchange) throws IOException {
    try (exchange) {
      looks.incrementAndGet();
      now.addAndGet(perLook.get());
      var user = exchange.getRequestURI().getPath().split("/")[5];
      var list = String.join(",", Collections.nCopies(rooms.get(user), "\"!r:chat.example\""));
      var body =
          ("{\"deactivated\":true,\"joined_rooms\":[" + list + "]}")
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static final class Noted implements BatchCommit {
    @Override
    public void fence() {}

    @Override
    public BatchOutcome record(BatchOutcome outcome) {
      return outcome;
    }
  }
}
