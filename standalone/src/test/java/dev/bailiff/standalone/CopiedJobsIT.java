package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.testing.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies a data folder with an open job, as a backup does, and starts the copy. */
class CopiedJobsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path temp;

  @Test
  void jobsOfACopyWaitUntilAnOperatorLetsThemGoOn() throws Exception {
    RunningBailiff original = new RunningBailiff(temp.resolve("data"));
    String job;
    try (ChildProcess up = original.up(0)) {
      original.nameTheServer("chat.example");
      job = submit(original, "@a:chat.example");
      stop(up);
    }
    RunningBailiff copy = new RunningBailiff(temp.resolve("copy"));
    assertThat(
            new ProcessBuilder("cp", "-a", temp + "/data", temp + "/copy")
                .inheritIO()
                .start()
                .waitFor())
        .isZero();

    try (ChildProcess up = copy.up(1)) {
      assertThat(up.standardError())
          .contains("1 open jobs are paused", "'bailiff up --resume-copied-jobs'");
      // a job of the copy's own goes its way beside it, through the same workers
      awaitEnd(copy, submit(copy, "@b:chat.example"));
      assertThat(status(copy, job)).isEqualTo("paused");
      try (ChildProcess shown = copy.run("job", job)) {
        assertThat(shown.awaitExit(LIMIT)).isEqualTo(ExitCode.DONE);
        assertThat(shown.standardOutput()).contains("waits    for an operator");
      }
      stop(up);
    }

    try (ChildProcess up =
        copy.run("up", "--port", 0, "--workers", 1, "--approvals", "off", "--resume-copied-jobs")) {
      up.awaitLine("ready http://127.0.0.1:", RunningBailiff.START_LIMIT);
      assertThat(up.standardError()).contains("1 paused jobs");
      awaitEnd(copy, job);
    }
  }

  private static String submit(RunningBailiff bailiff, String user) {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("kind", "redact-events");
    request.putArray("targets").add(user);
    return bailiff.calls().submit(request).path("job_id").asText();
  }

  private static void awaitEnd(RunningBailiff bailiff, String job) {
    await().atMost(LIMIT).until(() -> status(bailiff, job).equals("completed"));
  }

  private static String status(RunningBailiff bailiff, String job) {
    return bailiff.calls().job(job).path("status").asText();
  }

  private static void stop(ChildProcess up) {
    up.terminate();
    up.awaitExit(LIMIT);
  }
}
