package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs each kind in the middle of each other kind, on the same user, room and media. When a stage
 * of the outer job has ended, the inner job is worked as far as it gets. That is to its end, unless
 * it wants a claim that the outer job holds. {@code -Dbailiff.pairs.stages=all} does this after
 * each stage of the outer job. By default it is done after one stage, a different one for each
 * pair.
 */
class KindsBesideEachOtherIT {
  private static final List<String> KINDS =
      List.of("deactivate-users", "redact-events", "delete-media", "purge-history", "delete-rooms");

  private static final String USER = Community.user("nina");

  /** The user has joined the room, with other users. */
  private static final String ROOM = "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA";

  /** More polls than any job needs that does not have to wait. */
  private static final int POLLS = 60;

  private static final int MOST_STAGES = 8;
  private static final boolean ALL_STAGES =
      "all".equals(System.getProperty("bailiff.pairs.stages"));

  @RegisterExtension final PostgresExtension postgres = Community.database();
  @TempDir Path media;

  private Jdbi jdbi;
  private Homeserver homeserver;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    homeserver =
        new PostgresHomeserver(
            jdbi, StoreTimeouts.defaults(), IdentityServers.none(), new LocalMediaFiles(media));
  }

  static Stream<Arguments> pairs() {
    return KINDS.stream()
        .flatMap(
            outer ->
                KINDS.stream()
                    .flatMap(
                        inner ->
                            stages(KINDS.indexOf(outer) + KINDS.indexOf(inner))
                                .mapToObj(stage -> Arguments.of(outer, stage, inner))));
  }

  private static IntStream stages(int pair) {
    return ALL_STAGES ? IntStream.range(0, MOST_STAGES) : IntStream.of(pair % 3);
  }

  @ParameterizedTest(name = "{2} after stage {1} of {0}")
  @MethodSource("pairs")
  void bothDoTheirWorkWhole(String outer, int stage, String inner) {
    var started = new ArrayList<JobId>();
    var beside = new OneThreadEngine(jdbi, OneThreadEngine.LEASES, homeserver);
    var engine =
        new OneThreadEngine(
            jdbi,
            OneThreadEngine.LEASES,
            homeserver,
            new RunListener() {
              private int ended;

              @Override
              public void stageEnded(String kind, String name) {
                if (ended++ == stage) {
                  started.add(submit(beside, inner));
                  for (int n = 0; n < POLLS; n++) {
                    beside.poll();
                  }
                }
              }
            });

    var outerEnd = engine.runToEnd(submit(engine, outer));

    assertDone(engine, outerEnd);
    started.forEach(job -> assertDone(beside, beside.runToEnd(job)));
    assertThat(started).hasSize(outerEnd.stages().size() > stage ? 1 : 0);
    var done = started.isEmpty() ? List.of(outer) : List.of(outer, inner);
    if (done.contains("deactivate-users")) {
      assertThat(joinedRoomsOfClosedAccounts()).isZero();
    }
    done.forEach(kind -> assertNothingIsLeftFor(kind));
    assertThat(count("jobs.claim")).isZero();
  }

  /** Asserts that the job completed, or that the room was gone already. */
  private static void assertDone(OneThreadEngine engine, JobView ended) {
    if (ended.status() == JobStatus.FAILED) {
      assertThat(ended.error()).isNotNull();
      assertThat(ended.error().code()).as("%s", ended.error()).isEqualTo("M_NOT_FOUND");
    } else {
      engine.assertGone(ended);
    }
  }

  /**
   * Runs the same job again and asserts that it finds everything gone. If it still counts an item
   * as done, nothing is left after it.
   */
  private void assertNothingIsLeftFor(String kind) {
    var again = new OneThreadEngine(jdbi, OneThreadEngine.LEASES, homeserver);
    var ended = again.runToEnd(submit(again, kind));
    assertDone(again, ended);
    if (List.of("deactivate-users", "redact-events", "delete-media").contains(kind)) {
      assertThat(worked(ended)).as("%s, again", kind).isZero();
    }
  }

  /** Items done in the stages between plan and verify. */
  private static long worked(JobView job) {
    return job.stages().stream()
        .filter(stage -> !List.of("plan", "verify").contains(stage.name()))
        .mapToLong(stage -> stage.progress().done())
        .sum();
  }

  private long joinedRoomsOfClosedAccounts() {
    return count(
        "homeserver.membership m join homeserver.account a on a.user_id = m.user_id"
            + " where a.deactivated and m.membership in ('join', 'invite') and m.user_id = '"
            + USER
            + "'");
  }

  private long count(String fromWhere) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from " + fromWhere).mapTo(Long.class).one());
  }

  private static JobId submit(OneThreadEngine engine, String kind) {
    return switch (kind) {
      case "deactivate-users" -> engine.submit(kind, new DeactivateUsersParameters(true), USER);
      case "redact-events" ->
          engine.submit(
              kind,
              new RedactEventsParameters(List.of(ROOM), "spam", null, false, null, null),
              USER);
      case "delete-media" ->
          engine.submit(kind, new DeleteMediaParameters(Long.MAX_VALUE, 0L, false, null), "*");
      case "purge-history" ->
          engine.submit(kind, new PurgeHistoryParameters(true, null, Long.MAX_VALUE, null), ROOM);
      default ->
          engine.submit(
              kind,
              new DeleteRoomsParameters(
                  Community.user("admin"), "New", "Moved.", true, true, false, null, null),
              ROOM);
    };
  }
}
