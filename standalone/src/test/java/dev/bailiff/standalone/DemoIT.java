package dev.bailiff.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.testing.process.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path folder;

  @Test
  void everyKindCompletesAndIsVerifiedTwiceOnOneFolder() {
    for (int run = 1; run <= 2; run++) {
      try (ChildProcess demo =
          new RunningBailiff(folder).run("demo", "--snapshot", RunningBailiff.COMMUNITY)) {
        assertThat(demo.awaitExit(LIMIT))
            .as(demo.standardOutput() + demo.standardError())
            .isEqualTo(ExitCode.DONE);

        assertThat(demo.standardOutput())
            .contains(
                "redact-events",
                "delete-rooms",
                "delete-media",
                "deactivate-users",
                "purge-history")
            .contains(
                "Dry run of deactivate-users by the filter 'user_id=@crypto-gain-*': targets 24,")
            .contains("Cancelled in the middle: redact-events, ")
            .contains("24 gone", "2 gone", "1 gone")
            .contains(
                "purge-history by token:newcomer waits for an approval",
                "The newcomer may not approve it: ",
                "Approved by token:second-person: completed")
            .contains("rows are as they were chained.", "removes a row of it", "NOT AS IT WAS: ")
            .contains("Everything was done and verified.");
      }
    }
  }

  @Test
  void missingSnapshotEndsBadlyWithTheReason() {
    try (ChildProcess demo =
        new RunningBailiff(folder).run("demo", "--snapshot", folder.resolve("missing"))) {
      assertThat(demo.awaitExit(LIMIT)).isEqualTo(ExitCode.ENDED_BADLY);

      assertThat(demo.standardError()).contains("no records.ndjson");
    }
  }
}
