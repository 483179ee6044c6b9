package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.testing.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs about jobs, on the community, as operations.md tells them. */
class JobVerbsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String USER = "@crypto-gain-01:chat.example";
  private static final String UNKNOWN = "@nobody-knows:chat.example";

  @TempDir static Path folder;
  private static RunningBailiff bailiff;
  private static ChildProcess up;

  @BeforeAll
  static void everythingRuns() {
    bailiff = new RunningBailiff(folder);
    up = bailiff.up(1);
    try (var run = bailiff.run("import", RunningBailiff.COMMUNITY)) {
      assertThat(run.awaitExit(RunningBailiff.START_LIMIT)).as(run.standardError()).isZero();
    }
  }

  @AfterAll
  static void stop() {
    up.close();
  }

  @Test
  void aJobIsHeldLetGoOnFollowedAndShownAfterwards() {
    assertThat(output("count", "deactivate-users", "--filter", "user_id=@crypto-*"))
        .startsWith("24\n  @crypto-");
    var job =
        output(
                "submit",
                "deactivate-users",
                "--target",
                USER,
                "--target",
                UNKNOWN,
                "--reason",
                "spam wave, MOD-112")
            .strip();
    end(job);

    assertThat(output("jobs", "--text", "mod-112", "--status", "completed", "--since", "-1h"))
        .contains(job);
    assertThat(output("jobs", "--text", "mod-113", "--json")).isEqualTo("[]\n");
    assertThat(output("failures", job)).contains(UNKNOWN);
    assertThat(output("failures", job, "--csv"))
        .startsWith("item,errcode,error,")
        .contains("\r\n" + UNKNOWN + ",M_NOT_FOUND,");
    assertThat(output("targets", job, "--verdict", "gone", "--format", "csv").lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith(USER + ",gone,");
    assertThat(output("receipt", job))
        .contains("server     chat.example\n", "why        spam wave, MOD-112\n")
        .contains("\n" + USER + "  gone\n");
    assertThat(output("receipt", job, "--target", USER)).doesNotContain(UNKNOWN);

    var retry = output("retry", job).split(" ")[0];
    assertThat(bailiff.calls().job(retry).path("retry_of").asText()).isEqualTo(job);
    end(retry);
    assertThat(output("jobs", "--retry-of", job, "--json")).contains(retry);
    assertRefused("pause", retry);
    assertRefused("change", retry, "--priority", "5");
    assertThat(output("cancel", retry)).isEqualTo(retry + "  failed\n");
  }

  @Test
  void aDryRunTellsItsNumbersAndIsRun() {
    var printed =
        output("submit", "redact-events", "--filter", "user_id=@crypto-gain-1?:*", "--dry-run");
    var plan = printed.lines().findFirst().orElseThrow();

    assertThat(printed).contains("\ntargets 10, left out 0: accounts 10, events ");
    assertThat(output("plan", plan, "--json")).contains("\"targets\":10");
    var job = output("run", plan, "--reason", "spam wave").split(" ")[0];
    end(job);
    assertThat(bailiff.calls().job(job).path("plan_job_id").asText()).isEqualTo(plan);
    assertThat(output("targets", job, "--verdict", "gone", "--format", "csv").lines()).hasSize(11);
    assertThat(output("run", plan, "--reason", "spam wave")).startsWith(job);
  }

  @Test
  void workersAreListed() {
    await().atMost(LIMIT).until(() -> bailiff.calls().workers().size() == 1);

    assertThat(output("workers").lines().skip(1)).singleElement().asString().contains("-1  ");
    assertThat(output("workers", "--json")).contains("\"express\":1");
  }

  private static void assertRefused(Object... command) {
    try (var run = bailiff.run(command)) {
      assertThat(run.awaitExit(LIMIT)).isEqualTo(ExitCode.REFUSED);
      assertThat(run.standardError()).contains("(409 M_UNKNOWN)");
    }
  }

  private static String output(Object... command) {
    try (var run = bailiff.run(command)) {
      assertThat(run.awaitExit(LIMIT)).as(run.standardError()).isEqualTo(ExitCode.DONE);
      return run.standardOutput();
    }
  }

  private static void end(String job) {
    await()
        .atMost(LIMIT)
        .until(
            () -> bailiff.calls().job(job).path("status").asText(),
            status -> List.of("completed", "failed", "cancelled").contains(status));
  }
}
