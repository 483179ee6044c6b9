package dev.bailiff.homeserver.synapse.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bailiff.homeserver.synapse.api.TaskCalls;
import dev.bailiff.homeserver.synapse.http.Answer;
import dev.bailiff.homeserver.synapse.http.NoAnswerException;
import dev.bailiff.homeserver.synapse.task.RemoteTask.State;
import dev.bailiff.homeserver.synapse.task.RemoteTask.Step;
import dev.bailiff.homeserver.synapse.task.RemoteTask.Wanted;
import dev.bailiff.testing.synapse.LocalServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that lists the tasks which a test puts there. */
class RemoteTaskTest {
  @TempDir Path folder;

  private final List<String> tasks = new CopyOnWriteArrayList<>();
  private final List<String> starts = new ArrayList<>();
  private LocalServer server;
  private RemoteTask task;

  @BeforeEach
  void start() throws Exception {
    server =
        LocalServer.answering(
            exchange -> {
              LocalServer.answer(
                  exchange, 200, ("{\"scheduled_tasks\": [" + String.join(",", tasks) + "]}"));
            });
    task = new RemoteTask(new TaskCalls(server.account(folder)), 5);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void taskWhoseStartWasNotAnsweredIsAdopted() {
    tasks.add(task("old", "complete", 10));
    var intent = task.intent(wanted(() -> answer(200, "{}")));
    tasks.add(task("new", "complete", 20));

    var step = task.advance(intent, wanted(() -> answer(200, "{}")));

    assertThat(((Step.Ended) step).task().id()).isEqualTo("new");
    assertThat(starts).isEmpty();
  }

  @Test
  void tasksThatOthersStartWhileOursIsRefusedAreNotAdopted() {
    var refusing =
        wanted(() -> answer(400, "{\"error\": \"Redact already in progress for user\"}"));
    var intent = task.intent(refusing);
    var refused = (Step.Open) task.advance(intent, refusing);
    tasks.add(task("others", "complete", 30));

    var looked = (Step.Open) task.advance(refused.state(), refusing);
    assertThat(looked.state().known()).containsExactly("others");

    var started =
        task.advance(
            looked.state(),
            wanted(
                () -> {
                  tasks.add(task("ours", "complete", 40));
                  return answer(200, "{\"id\": \"ours\"}");
                }));
    assertThat(((Step.Ended) started).task().id()).isEqualTo("ours");
  }

  @Test
  void startThatIsNeverAnsweredIsGivenUp() {
    var silent =
        wanted(
            () -> {
              throw new NoAnswerException("silent", new RuntimeException());
            });
    State state = task.intent(silent);
    for (int n = 0; n < 2; n++) {
      state = ((Step.Open) task.advance(state, silent)).state();
    }

    assertThat(task.advance(state, silent)).isInstanceOf(Step.Lost.class);
    assertThat(starts).hasSize(3);
  }

  @Test
  void taskThatDisappearsIsStartedAgain() {
    var wanted = wanted(() -> answer(200, "{\"id\": \"gone\"}"));

    var step = (Step.Open) task.advance(task.intent(wanted), wanted);

    assertThat(step.state().starts()).isEqualTo(1);
    assertThat(step.state().id()).isNull();
  }

  /** As when a background update of Synapse has rows of a room that is to be purged. */
  @Test
  void taskThatBreaksOffIsStartedAgain() {
    var wanted = failing("update or delete on table \"rooms\" violates foreign key constraint");
    var state = task.intent(wanted);
    for (int n = 1; n <= 3; n++) {
      var step = (Step.Open) task.advance(state, wanted);
      assertThat(step.state().goesOn(state)).isFalse();
      assertThat(step.again()).isPositive();
      state = step.state();
    }

    assertThat(task.advance(state, wanted)).isInstanceOf(Step.Ended.class);
    assertThat(starts).hasSize(4);
  }

  @Test
  void whatSynapseRefusesIsNotStartedAgain() {
    var wanted = failing("400: Users are still joined to this room");

    assertThat(task.advance(task.intent(wanted), wanted)).isInstanceOf(Step.Ended.class);
    assertThat(starts).hasSize(1);
  }

  @Test
  void whatMayNotBeRepeatedIsNotStartedAgain() {
    var wanted = failing("it broke");
    var once = new Wanted("a", "b", wanted.start(), wanted.id(), false);

    assertThat(task.advance(task.intent(once), once)).isInstanceOf(Step.Ended.class);
  }

  /** A task that has failed as soon as it is started. */
  private Wanted failing(String error) {
    return wanted(
        () -> {
          var id = "task-" + starts.size();
          tasks.add(
              task(id, "failed", starts.size())
                  .replace("\"error\": null", "\"error\": " + TextNode.valueOf(error)));
          return answer(200, "{\"id\": \"" + id + "\"}");
        });
  }

  private Wanted wanted(Supplier<Answer> start) {
    return new Wanted(
        "redact_all_events",
        "@a:b",
        () -> {
          starts.add("start");
          return start.get();
        },
        body -> body.path("id").asText(),
        true);
  }

  private static Answer answer(int status, String json) {
    try {
      var body = new com.fasterxml.jackson.databind.ObjectMapper().readTree(json);
      return new Answer(status, body.isObject() ? body : JsonNodeFactory.instance.objectNode());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String task(String id, String status, long at) {
    return """
        {"id": "%s", "status": "%s", "timestamp_ms": %d, "result": null, "error": null}"""
        .formatted(id, status, at);
  }
}
