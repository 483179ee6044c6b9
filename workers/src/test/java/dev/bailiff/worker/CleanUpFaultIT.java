package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.schemas.kind.CleanUpUsersParameters;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.process.EngineExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cleans up the spammers while workers are killed, one behind each stage and one between the files
 * and the records of media. Nothing is lost, nothing done twice, and the next worker goes on.
 */
class CleanUpFaultIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> DEATHS =
      List.of(
          "stage-ended:plan",
          "stage-ended:suspend",
          "stage-ended:find-rooms",
          "batch-committed:redact",
          "stage-ended:redact",
          "files-deleted:40",
          "stage-ended:delete-media",
          "stage-ended:close-account",
          "batch-committed:leave-rooms");

  private static final String[] SPAMMERS =
      IntStream.range(0, 24)
          .mapToObj("@crypto-gain-%02d:chat.example"::formatted)
          .toArray(String[]::new);

  @TempDir Path media;

  @Order(1)
  @RegisterExtension
  final PostgresExtension postgres = PostgresExtension.migrated();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @Order(3)
  @RegisterExtension
  final EngineExtension engine = new EngineExtension(postgres, kafka, () -> media);

  @BeforeEach
  void importTheCommunity() {
    Community.importInto(Database.jdbi(postgres.dataSource()), media);
  }

  @Test
  void everyAccountIsCleanedUpOnceAlthoughAWorkerIsKilledInEachStage() {
    var traces = new AccountTraces(engine.jdbi(), SPAMMERS);
    long events = traces.unredacted();
    long files = traces.media();
    long rooms = traces.joinedRooms();
    var job =
        engine.submit(
            "clean-up-users",
            new CleanUpUsersParameters(null, null, null, null, true, null, null),
            SPAMMERS);

    for (var death : DEATHS) {
      assertThat(engine.worker(death.replace(':', '-'), death).awaitExit(LIMIT))
          .as(death)
          .isEqualTo(137);
    }
    engine.worker("last");

    var ended = engine.awaitEnd(job);
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.store().parts().failures(job, 0, 100)).isEmpty();
    assertThat(engine.store().parts().targets(job, -1, 100))
        .hasSize(SPAMMERS.length)
        .allSatisfy(
            target ->
                assertThat(target.verdict())
                    .as("%s %s", target.target(), target.leftOver())
                    .isEqualTo("gone"));
    assertThat(traces.unsuspended()).isZero();
    assertThat(traces.unredacted()).isZero();
    assertThat(traces.redactedTwice()).isZero();
    assertThat(traces.media()).isZero();
    assertThat(traces.active()).isZero();
    assertThat(traces.notErased()).isZero();
    assertThat(traces.joinedRooms()).isZero();
    assertThat(ended.stages())
        .allSatisfy(
            stage ->
                assertThat(stage.progress().settled())
                    .as(stage.name())
                    .isEqualTo(stage.progress().total()));
    assertThat(done(job, "suspend")).isEqualTo(SPAMMERS.length);
    assertThat(done(job, "redact")).isEqualTo(events);
    assertThat(done(job, "delete-media")).isEqualTo(files);
    assertThat(done(job, "leave-rooms")).isEqualTo(rooms);
  }

  private long done(JobId job, String stage) {
    return engine.view(job).stages().stream()
        .filter(one -> one.name().equals(stage))
        .mapToLong(one -> one.progress().done())
        .sum();
  }
}
