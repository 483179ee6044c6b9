package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.embedded.LoopbackPorts;
import dev.bailiff.standalone.client.ApiCallException;
import dev.bailiff.testing.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of an {@code up} that loses its servers. */
class LostServersFaultIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int MEGABYTES = 400;

  @TempDir Path folder;

  /**
   * It is a race whether a call meets the moment without a server: the next server starts at once.
   */
  @Test
  void killedPostgresComesBackAndCallsMeanwhileAreRefusedAtMost() throws Exception {
    var bailiff = new RunningBailiff(folder);
    try (ChildProcess up = bailiff.up(1)) {
      bailiff.nameTheServer("x");
      long first = postmaster(folder);
      kill(first);

      await()
          .atMost(LIMIT)
          .until(
              () -> {
                var refused = failure(bailiff);
                refused.ifPresent(
                    e ->
                        assertThat(e)
                            .returns(503, ApiCallException::status)
                            .hasMessageContaining("The database does not answer just now"));
                return refused.isEmpty() && postmaster(folder) != first;
              });
      assertThat(end(bailiff, submit(bailiff)).path("status").asText()).isEqualTo("completed");
      assertThat(up.isAlive()).isTrue();
    }
  }

  @Test
  void killedUpLeavesNoPostgresBehind() throws Exception {
    var bailiff = new RunningBailiff(folder);
    try (ChildProcess up = bailiff.up(0)) {
      int port = bailiff.postgresPort();

      up.kill();

      await().atMost(LIMIT).until(() -> LoopbackPorts.isFree(port));
    }
  }

  @Test
  void fullDiskEndsItWithOneLineAndLeavesNothingBehind() throws Exception {
    try (SmallDisk disk = SmallDisk.at(folder, MEGABYTES)) {
      var bailiff = RunningBailiff.on(disk, folder);
      String before;
      int port;
      try (ChildProcess up = bailiff.up(1)) {
        bailiff.nameTheServer("x");
        before = submit(bailiff);
        end(bailiff, before);
        port = bailiff.postgresPort();

        disk.fill();
        submitUntilItEnds(bailiff, up);

        assertThat(up.awaitExit(LIMIT)).isEqualTo(ExitCode.COULD_NOT_GO_ON);
        assertThat(up.standardError().lines().filter(line -> line.startsWith("bailiff: ")))
            .singleElement()
            .asString()
            .contains(folder.toString())
            .contains("no space is left");
      }
      assertThat(LoopbackPorts.isFree(port)).as("PostgreSQL is gone").isTrue();

      disk.clear();
      try (ChildProcess up = bailiff.up(1)) {
        assertThat(end(bailiff, before).path("status").asText()).isEqualTo("completed");
        assertThat(end(bailiff, submit(bailiff)).path("status").asText()).isEqualTo("completed");
        assertThat(up.isAlive()).isTrue();
      }
    }
  }

  @Test
  void memoryThatRunsOutEndsItWithOneLineAndNothingAcceptedIsLost() {
    var bailiff = new RunningBailiff(folder);
    String job;
    int port;
    try (ChildProcess up = bailiff.up(0)) {
      bailiff.nameTheServer("x");
      job = submit(bailiff);
      port = bailiff.postgresPort();
      up.terminate();
      up.awaitExit(LIMIT);
    }

    try (ChildProcess up = bailiff.upWithHeap("32m")) {
      assertThat(up.awaitExit(LIMIT)).isEqualTo(ExitCode.OUT_OF_MEMORY);
      assertThat(up.standardError().lines().filter(line -> line.startsWith("bailiff: ")))
          .singleElement()
          .asString()
          .contains("out of memory");
    }
    await().atMost(LIMIT).until(() -> LoopbackPorts.isFree(port));

    try (ChildProcess up = bailiff.up(1)) {
      assertThat(end(bailiff, job).path("status").asText()).isEqualTo("completed");
      assertThat(up.isAlive()).isTrue();
    }
  }

  /** Calls are refused only because the disk is full or a server is away. */
  private static void submitUntilItEnds(RunningBailiff bailiff, ChildProcess up) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              try {
                submit(bailiff);
              } catch (ApiCallException e) {
                assertThat(e.status()).as(e.getMessage()).isIn(0, 503, 507);
              }
              return !up.isAlive();
            });
  }

  private static Optional<ApiCallException> failure(RunningBailiff bailiff) {
    try {
      bailiff.client().get("/_bailiff/v1/jobs");
      return Optional.empty();
    } catch (ApiCallException e) {
      return Optional.of(e);
    }
  }

  /**
   * Submits a job for two unknown users: a job fails if its only target fails, but not if one of
   * two fails.
   */
  private static String submit(RunningBailiff bailiff) {
    var request =
        JsonNodeFactory.instance.objectNode().put("kind", "deactivate-users").put("reason", "spam");
    request.putArray("targets").add("@nobody:chat.example").add("@noone:chat.example");
    return bailiff.calls().submit(request).path("job_id").asText();
  }

  private static JsonNode end(RunningBailiff bailiff, String job) {
    return await()
        .atMost(LIMIT)
        .until(() -> bailiff.calls().job(job), answer -> !answer.path("finalized_at").isNull());
  }

  /** The process id of PostgreSQL, or 0 while no server runs. */
  private static long postmaster(Path folder) throws IOException {
    var file = folder.resolve("postgres/data/postmaster.pid");
    var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
    return lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
  }

  private static void kill(long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor()).isZero();
  }
}
