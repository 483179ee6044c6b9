package dev.bailiff.homeserver.synapse.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.api.TaskCalls;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.task.RemoteTask;
import dev.bailiff.testing.synapse.LocalServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose first purges fail, as Synapse's do while the room changes. */
class BrokenOffPurgeTest {
  private static final Target ROOM = new Target(7, "!room:x");

  /** One message of before the end of the purge, at the end of its only slice. */
  private static final String MESSAGES =
      """
      {"chunk": [{"origin_server_ts": 999, "depth": 5}, {"origin_server_ts": 1001, "depth": 6}]}
      """;

  @TempDir Path folder;

  private final List<String> tasks = new CopyOnWriteArrayList<>();
  private int broken;
  private String words = "update or delete on table events violates foreign key";
  private LocalServer server;
  private Slices slices;

  @BeforeEach
  void start() throws Exception {
    server = LocalServer.answering(this::answer);
    var account = server.account(folder);
    slices = new Slices(new RoomCalls(account), new RemoteTask(new TaskCalls(account), 5));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aPurgeThatSynapseBreaksOffIsTriedAgain() {
    broken = 3;

    var outcome = purgeToTheEnd();

    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.done() + outcome.skipped()).isEqualTo(1);
    assertThat(tasks).hasSizeGreaterThan(3);
  }

  @Test
  void aPurgeThatAlwaysFailsIsGivenUpWithSynapsesWords() {
    broken = Integer.MAX_VALUE;

    var outcome = purgeToTheEnd();

    assertThat(outcome.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.text()).contains("violates foreign key"));
    assertThat(tasks).hasSize(4);
  }

  @Test
  void aPurgeOfTheEventThatCameLastFailsWithTheWayOut() {
    broken = Integer.MAX_VALUE;
    words = "violates foreign key constraint sliding_sync_joined_rooms_event_stream_ordering_fkey";

    assertThat(purgeToTheEnd().failures())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.text())
                    .contains("Send a message to the room, then retry the job.", words));
  }

  private BatchOutcome purgeToTheEnd() {
    var range = new Range(CursorJson.text(new SliceRange(new CutOff(null, 0, 1000), true)), 1);
    var outcome = purge(new RoomPurge(ROOM, range, null, 1));
    while (outcome.next() != null) {
      outcome = purge(new RoomPurge(ROOM, range, outcome.next(), 1));
    }
    return outcome;
  }

  private BatchOutcome purge(RoomPurge purge) {
    return slices.purge(
        purge,
        new BatchCommit() {
          @Override
          public void fence() {}

          @Override
          public BatchOutcome record(BatchOutcome outcome) {
            return outcome;
          }
        });
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    if (path.contains("/messages")) {
      LocalServer.answer(exchange, 200, MESSAGES);
    } else if (path.contains("/purge_history/")) {
      var id = "task-" + tasks.size();
      boolean fails = tasks.size() < broken;
      tasks.add(
          """
          {"id": "%s", "status": "%s", "timestamp_ms": %d, "result": null, "error": %s}"""
              .formatted(
                  id,
                  fails ? "failed" : "complete",
                  tasks.size() + 1,
                  fails ? '"' + words + '"' : "null"));
      LocalServer.answer(exchange, 200, "{\"purge_id\": \"" + id + "\"}");
    } else {
      LocalServer.answer(exchange, 200, "{\"scheduled_tasks\": [" + String.join(",", tasks) + "]}");
    }
  }
}
