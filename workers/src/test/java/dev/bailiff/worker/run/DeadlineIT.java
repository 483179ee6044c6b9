package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.database.Database;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.PaceWish;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.job.BatchRecord.Finds;
import dev.bailiff.job.JobError;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.Segment;
import dev.bailiff.job.store.TargetSpan;
import dev.bailiff.schemas.kind.CleanUpUsersParameters;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import dev.bailiff.schemas.kind.RedactEventsContract;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.testing.homeserver.remote.RemoteConditions;
import dev.bailiff.testing.homeserver.remote.RemoteHomeserverFake;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.kind.Deadline;
import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A call of a stage whose time is over from the start asks the homeserver a few times and returns.
 * All these calls together find the same as one call that has time.
 */
class DeadlineIT {
  /**
   * A call asks twice at most: the check at the start of a plan, or one request for a page of
   * targets, and a page.
   */
  private static final int ASKED_AT_MOST = 2;

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private final RemoteConditions conditions = new RemoteConditions().latency(Duration.ZERO);
  private final RemoteHomeserverFake homeserver = new RemoteHomeserverFake(conditions);
  private OneThreadEngine engine;

  @BeforeEach
  void start() {
    engine =
        new OneThreadEngine(
            Database.jdbi(postgres.dataSource()), OneThreadEngine.LEASES, homeserver);
  }

  @ParameterizedTest
  @CsvSource({
    "deactivate-users, leave-rooms",
    "redact-events, redact",
    "delete-rooms, shut-down",
    "delete-rooms, purge",
    "delete-media, delete",
  })
  void aPlanComesBackInTime(String kind, String name) {
    var job = submit(kind);
    var stage = stage(kind, name);

    var inTime = plan(stage, job, Duration.ofHours(1), Integer.MAX_VALUE);
    var late = plan(stage, job, Duration.ZERO, ASKED_AT_MOST);

    assertThat(inTime).isPositive();
    assertThat(late).as("items planned").isEqualTo(inTime);
  }

  @ParameterizedTest
  @CsvSource({"redact-events", "purge-history", "delete-media", "delete-rooms", "deactivate-users"})
  void aVerificationComesBackInTimeAlsoInsideATarget(String kind) {
    var job = submit(kind);
    var stage = stage(kind, "verify");

    var inTime = verify(stage, job, Duration.ofHours(1), Integer.MAX_VALUE);
    var late = verify(stage, job, Duration.ZERO, ASKED_AT_MOST);

    assertThat(inTime).hasSize(engine.view(job).targetCount());
    assertThat(late).isEqualTo(inTime);
  }

  /** Each of the four checks asks as often as one alone. */
  @Test
  void aVerificationOfSeveralStepsComesBackInTimeAlsoInsideATarget() {
    var users = Arrays.copyOf(homeserver.users(), 5);
    var job = engine.submit("clean-up-users", parameters("clean-up-users"), users);
    for (int user = 0; user < users.length; user++) {
      engine.store().targets().addItems(job, user, RedactEventsContract.ROOMS, rooms());
    }
    var stage = stage("clean-up-users", "verify");

    var inTime = verify(stage, job, Duration.ofHours(1), Integer.MAX_VALUE);
    var late = verify(stage, job, Duration.ZERO, 4 * ASKED_AT_MOST);

    assertThat(inTime)
        .hasSize(users.length)
        .anySatisfy(verdict -> assertThat(verdict.leftOver()).hasSizeGreaterThan(3));
    assertThat(late).isEqualTo(inTime);
  }

  /** Uses a segment with the media of many users. */
  @Test
  void aBatchComesBackInTime() {
    var job = engine.submit("delete-media", parameters("delete-media"), homeserver.users());
    var stage = stage("delete-media", "delete");
    var context = context(job, Duration.ofHours(1));
    var range = stage.plan(context, null).segments().get(0).value();

    int items = stage.remaining(context, range, null, 1000).items().size();
    int seen = 0;
    Cursor after = null;
    do {
      int before = conditions.requests();
      var some = stage.remaining(context(job, Duration.ZERO), range, after, 1000);
      assertThat(conditions.requests() - before).isLessThanOrEqualTo(ASKED_AT_MOST);
      seen += some.items().size();
      after = some.next();
    } while (after != null);

    assertThat(seen).isEqualTo(items).isPositive();
  }

  private long plan(Stage stage, JobId job, Duration time, int askedAtMost) {
    long items = 0;
    Cursor after = null;
    do {
      int before = conditions.requests();
      var page = stage.plan(context(job, time), after);
      assertThat(conditions.requests() - before).isLessThanOrEqualTo(askedAtMost);
      items += page.segments().stream().mapToLong(Range::items).sum();
      after = page.next();
    } while (after != null);
    return items;
  }

  private List<Verdict> verify(Stage stage, JobId job, Duration time, int askedAtMost) {
    var found = new ArrayList<Verdict>();
    var span = TargetSpan.of(0, engine.view(job).targetCount());
    Cursor after = null;
    do {
      int before = conditions.requests();
      var outcome = stage.work(context(job, time), span, after, 1000, collecting(found));
      assertThat(conditions.requests() - before).isLessThanOrEqualTo(askedAtMost);
      after = outcome.next();
    } while (after != null);
    return found;
  }

  private static StageCommit collecting(List<Verdict> found) {
    return new StageCommit() {
      @Override
      public void fence() {}

      @Override
      public BatchOutcome record(BatchOutcome outcome) {
        return outcome;
      }

      @Override
      public BatchOutcome record(BatchOutcome outcome, List<Verdict> verdicts) {
        found.addAll(verdicts);
        return outcome;
      }

      @Override
      public BatchOutcome record(BatchOutcome outcome, Finds finds) {
        throw new UnsupportedOperationException("these stages find no targets");
      }

      @Override
      public BatchOutcome record(BatchOutcome outcome, Counted counted) {
        throw new UnsupportedOperationException("these stages count no targets");
      }

      @Override
      public BatchOutcome fail(JobError error) {
        throw new UnsupportedOperationException("these stages end no job");
      }
    };
  }

  private StageContext context(JobId job, Duration time) {
    var view = engine.view(job);
    return new StageContext(
        new Segment.JobFacts(
            job,
            new JobKind(view.kind().name()),
            JsonNodeFactory.instance.objectNode(),
            "@admin:chat.example",
            "@admin:chat.example",
            null,
            view.targetCount(),
            Instant.EPOCH,
            PaceWish.NONE,
            null),
        parameters(view.kind().name()),
        Deadline.in(time));
  }

  private Stage stage(String kind, String name) {
    return ServiceLoader.load(KindDefinition.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(definition -> definition.kind().equals(kind))
        .flatMap(
            definition ->
                definition.stages(new StageServices(homeserver, engine.store().targets())).stream())
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private JobId submit(String kind) {
    return engine.submit(kind, parameters(kind), targets(kind));
  }

  private String[] targets(String kind) {
    return switch (kind) {
      case "deactivate-users" -> manyUsers();
      case "redact-events" -> homeserver.users();
      case "delete-media" ->
          new String[] {
            "*",
            "@crypto-gain-04:chat.example",
            "@ada:chat.example",
            "@dina:chat.example",
            homeserver.mediaIds()[0]
          };
      default -> homeserver.roomsWithAliases();
    };
  }

  /** More users than one segment holds. */
  private String[] manyUsers() {
    var users = new ArrayList<>(List.of(homeserver.users()));
    IntStream.range(0, 500).mapToObj("@zz%03d:chat.example"::formatted).forEach(users::add);
    return users.toArray(String[]::new);
  }

  private Record parameters(String kind) {
    return switch (kind) {
      case "clean-up-users" -> CleanUpUsersParameters.usual();
      case "deactivate-users" -> new DeactivateUsersParameters(true);
      case "redact-events" -> new RedactEventsParameters(rooms(), null, null, null, null, null);
      case "delete-media" -> new DeleteMediaParameters(Long.MAX_VALUE, 0L, false, null);
      case "purge-history" -> new PurgeHistoryParameters(true, null, Long.MAX_VALUE, null);
      default -> new DeleteRoomsParameters(null, null, null, true, true, true, null, null);
    };
  }

  /** More rooms than fit a page of a plan or of a check. */
  private List<String> rooms() {
    var rooms = new ArrayList<>(List.of(homeserver.roomsWithAliases()));
    IntStream.range(0, 600).mapToObj("!zz%03d:chat.example"::formatted).forEach(rooms::add);
    return rooms;
  }
}
