package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.BatchTransactions;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import dev.bailiff.job.Progress;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Another worker has the place of the one gentle batch, in the middle of a segment of each stage.
 * The segment goes on where it was, so it counts what an undisturbed one counts.
 */
class PostponedBatchIT {
  private static final String ROOM = "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA";
  private static final String USERS = "{'user_id': '@crypto-gain-*'}";

  @RegisterExtension final PostgresExtension undisturbed = Community.database();
  @RegisterExtension final PostgresExtension disturbed = Community.database();

  private enum Kind {
    DEACTIVATION(
        20,
        engine ->
            engine.submit(
                "deactivate-users",
                new DeactivateUsersParameters(false),
                FilteredJobs.filter(USERS))),
    REDACTION(
        1500,
        engine ->
            engine.submit(
                "redact-events",
                new RedactEventsParameters(List.of(), null, null, null, null, null),
                FilteredJobs.filter(USERS))),
    HISTORY(
        200,
        engine ->
            engine.submit(
                "purge-history",
                new PurgeHistoryParameters(true, null, Long.MAX_VALUE, null),
                ROOM)),
    ROOM_DELETION(
        200,
        engine ->
            engine.submit(
                "delete-rooms",
                new DeleteRoomsParameters(null, null, null, true, true, null, null, null),
                ROOM));

    private final int rate;
    private final Function<OneThreadEngine, JobId> submission;

    /**
     * @param rate items a second: twice as many as a batch has, so that a segment has several
     */
    Kind(int rate, Function<OneThreadEngine, JobId> submission) {
      this.rate = rate;
      this.submission = submission;
    }
  }

  @ParameterizedTest
  @EnumSource
  void countsWhatAnUndisturbedSegmentCounts(Kind kind) {
    var alone = counters(run(undisturbed, kind, RunListener.NONE));
    assertThat(alone.values()).anySatisfy(stage -> assertThat(stage.done()).isGreaterThan(10));

    try (var other = Database.jdbi(disturbed.dataSource()).open()) {
      var place = new TakenPlace(other);
      assertThat(counters(run(disturbed, kind, place))).isEqualTo(alone);
      assertThat(place.postponed).as("stages with a batch that was postponed").isNotEmpty();
    }
  }

  private static JobView run(PostgresExtension postgres, Kind kind, RunListener listener) {
    var jdbi = Database.jdbi(postgres.dataSource());
    var homeserver = new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), IdentityServers.none());
    var engine = new OneThreadEngine(jdbi, OneThreadEngine.LEASES, homeserver, listener);
    var job = kind.submission.apply(engine);
    jdbi.useHandle(
        handle -> handle.execute("update jobs.job set pace = 'gentle', max_rate = ?", kind.rate));
    var ended = engine.runToEnd(job);
    engine.assertCompletedAndGone(ended);
    return ended;
  }

  private static Map<String, Progress> counters(JobView job) {
    return job.stages().stream()
        .collect(Collectors.toMap(stage -> stage.name(), stage -> stage.progress()));
  }

  /** Takes the place after the first batch of each stage, until a batch was postponed. */
  private static final class TakenPlace implements RunListener {
    private final Handle other;
    private final List<String> stages = new ArrayList<>();
    private final List<String> postponed = new ArrayList<>();
    private boolean isTaken;

    TakenPlace(Handle other) {
      this.other = other;
    }

    @Override
    public void batchCommitted(String kind, String stage, long items, Duration took) {
      if (isTaken && items == 0) {
        postponed.add(stage);
        change("pg_advisory_unlock", false);
      } else if (!isTaken && !stages.contains(stage)) {
        stages.add(stage);
        change("pg_advisory_lock", true);
      }
    }

    private void change(String function, boolean takes) {
      other
          .createQuery("select " + function + "(:place)::text")
          .bind("place", BatchTransactions.GENTLE_PLACE)
          .mapTo(String.class)
          .one();
      isTaken = takes;
    }
  }
}
