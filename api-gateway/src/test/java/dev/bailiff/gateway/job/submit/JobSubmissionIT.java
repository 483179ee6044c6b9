package dev.bailiff.gateway.job.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.access.TokenUses;
import dev.bailiff.database.Database;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.rights.Rights;
import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.job.approval.ApprovalRule;
import dev.bailiff.gateway.job.kind.KindAcceptances;
import dev.bailiff.gateway.limit.SubmissionLimits;
import dev.bailiff.guard.GuardConfig;
import dev.bailiff.homeserver.guard.AdminTurns;
import dev.bailiff.homeserver.guard.GuardPort;
import dev.bailiff.homeserver.redaction.RedactableRooms;
import dev.bailiff.homeserver.store.ServerName;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.batch.BatchTransactions;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.counting.PostgresCounting;
import dev.bailiff.homeserver.store.history.RoomHistory;
import dev.bailiff.homeserver.store.media.LocalMedia;
import dev.bailiff.homeserver.store.pace.StorePaceConfig;
import dev.bailiff.homeserver.store.room.Rooms;
import dev.bailiff.homeserver.store.selection.PostgresSelection;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.IdempotencyKey;
import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetSource;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.schemas.kind.CleanUpUsersContract;
import dev.bailiff.schemas.kind.CleanUpUsersParameters;
import dev.bailiff.schemas.kind.RedactEventsContract;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The meaning of a job's targets is read before the transaction that stores the job. */
class JobSubmissionIT {
  private static final Caller ADMIN =
      new Caller(
          "@admin:x",
          Optional.of("@admin:x"),
          "@admin:x",
          Optional.empty(),
          Rights.ALL,
          Optional.empty(),
          "");

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private final List<String> asked = new ArrayList<>();
  private Jdbi jdbi;
  private JobStore store;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    new ServerName(jdbi).set("x");
    store = JobStore.on(jdbi, LeaseConfig.DEFAULT);
  }

  @Test
  void nobodyIsAskedInsideTheTransaction() {
    var accepted = submit("@a:x", "@b:x");

    assertThat(asked).containsExactly("@a:x", "@b:x");
    assertThat(rooms(accepted, 0)).containsExactly("!of-@a:x", "!other");
    assertThat(rooms(accepted, 1)).containsExactly("!of-@b:x", "!other");
  }

  @Test
  void aCleanUpMeansEveryRoomThatItsUsersWroteIn() {
    assertThat(cleanUp(CleanUpUsersParameters.usual()))
        .containsExactly("!left-by-@a:x", "!of-@a:x");
  }

  @Test
  void aCleanUpWithoutRedactionAsksForNoRooms() {
    var closing = new CleanUpUsersParameters(null, false, null, null, null, null, null);

    assertThat(cleanUp(closing)).isEmpty();
    assertThat(asked).isEmpty();
  }

  private List<String> cleanUp(CleanUpUsersParameters steps) {
    var request =
        JobRequest.of(
            JobParameters.of(new CleanUpUsersContract(), steps),
            TargetSource.of(List.of("@a:x")),
            "@admin:x");
    return rooms((Acceptance.Accepted) submission().submit(request, ADMIN), 0);
  }

  @Test
  void ofManyTargetsThePlanStoresWhatTheyMean() {
    var accepted =
        submit(IntStream.range(0, 101).mapToObj("@u%03d:x"::formatted).toArray(String[]::new));

    assertThat(asked).isEmpty();
    assertThat(rooms(accepted, 0)).isEmpty();
  }

  /** Without its rooms a target would be done with nothing redacted. */
  @Test
  void targetsAreThoseWhoseRoomsWereRead() {
    var readings =
        List.of(List.of("@a:x"), List.of("@a:x", "@b:x")).stream().map(TargetSource::of).iterator();
    TargetSource changing = () -> readings.next().open();

    var accepted =
        (Acceptance.Accepted)
            submission().submit(request(null, "@a:x").withTargets(changing), ADMIN);

    assertThat(store.parts().targets(accepted.job(), -1, 10))
        .extracting("target")
        .containsExactly("@a:x");
    assertThat(rooms(accepted, 0)).containsExactly("!of-@a:x", "!other");
  }

  @Test
  void repetitionIsAnsweredWithoutTheHomeserver() {
    var key = new IdempotencyKey("again", new byte[] {1});
    var first = (Acceptance.Accepted) submission().submit(request(key, "@a:x"), ADMIN);
    asked.clear();

    assertThat(submission().submit(request(key, "@a:x"), ADMIN))
        .isEqualTo(new Acceptance.Repeated(first.job()));
    assertThat(asked).isEmpty();
  }

  @Test
  void nothingIsAcceptedBeforeTheServerHasAName() {
    jdbi.useHandle(handle -> handle.execute("truncate jobs.job cascade"));
    jdbi.useHandle(handle -> handle.execute("delete from homeserver.server"));

    assertThatThrownBy(() -> submit("@a:x"))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.reply().status()).isEqualTo(409))
        .hasMessageContaining("Import a snapshot first");

    assertThat(store.lists().list(JobFilter.ALL, null, 1)).isEmpty();
  }

  private Acceptance.Accepted submit(String... users) {
    return (Acceptance.Accepted) submission().submit(request(null, users), ADMIN);
  }

  private JobSubmission submission() {
    var server = new LocalServer(new ServerName(jdbi)::find, null);
    return new JobSubmission(
        KindContracts.load(),
        store.acceptance(),
        commands -> {},
        new KindAcceptances(KindContracts.load(), lookups(), server),
        server,
        new Guard(GuardConfig.DEFAULT, GuardPort.NONE, AdminTurns.ofProcess()),
        new SubmissionLimits(new TokenUses(jdbi)),
        ApprovalRule.NONE);
  }

  private static JobRequest request(@Nullable IdempotencyKey key, String... users) {
    return JobRequest.of(
            JobParameters.of(
                new RedactEventsContract(),
                new RedactEventsParameters(List.of(), null, null, null, null, null)),
            TargetSource.of(List.of(users)),
            "@admin:x")
        .under(key);
  }

  private Lookups lookups() {
    return new Lookups(
        new ServerName(jdbi)::find,
        new Accounts(jdbi),
        new Rooms(jdbi),
        redactableRooms(),
        new RoomHistory(jdbi),
        new LocalMedia(jdbi),
        new PostgresSelection(jdbi, StoreTimeouts.defaults()),
        new PostgresCounting(
            new BatchTransactions(jdbi, StoreTimeouts.defaults(), StorePaceConfig.defaults()),
            () -> "chat.example"),
        GuardPort.NONE);
  }

  private List<String> rooms(Acceptance.Accepted accepted, int target) {
    return store.targets().items(accepted.job(), target, RedactEventsContract.ROOMS, null, 10);
  }

  private RedactableRooms redactableRooms() {
    return new RedactableRooms() {
      @Override
      public List<String> redactableRooms(String user, @Nullable String after, int limit) {
        return rooms(user, "!of-" + user, "!other");
      }

      @Override
      public List<String> writtenRooms(String user, @Nullable String after, int limit) {
        return rooms(user, "!left-by-" + user, "!of-" + user);
      }
    };
  }

  private List<String> rooms(String user, String... rooms) {
    assertThat(jdbi.withHandle(Handle::isInTransaction)).isFalse();
    asked.add(user);
    return List.of(rooms);
  }
}
