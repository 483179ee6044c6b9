package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TargetSource;
import dev.bailiff.job.store.GroupLeases.Delivered;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.kafka.JobEventPublisher;
import dev.bailiff.schemas.event.JobEvent;
import dev.bailiff.schemas.kind.CleanUpRoomsParameters;
import dev.bailiff.schemas.kind.CleanUpUsersParameters;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.WorkerKinds;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In each stage of each kind a worker dies with the lease in hand. Nothing frees leases here, and
 * nothing is published from the store: only the next delivery of the same command can go on.
 */
class RedeliveryIT {
  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();
  @TempDir static Path media;

  private static Jdbi jdbi;
  private static JobStore store;

  private final List<PublishableCommand> published = new ArrayList<>();

  /** Ends a run as {@code kill -9} does: no code after it runs. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeAll
  static void importTheCommunity() {
    jdbi = Database.jdbi(postgres.dataSource());
    store = JobStore.on(jdbi, LeaseConfig.DEFAULT);
    Community.importInto(jdbi, media);
  }

  static Stream<Arguments> kinds() {
    var spammer = "@crypto-gain-01:chat.example";
    return Stream.of(
        Arguments.of(
            "clean-up-users",
            new CleanUpUsersParameters(null, null, null, null, true, null, null),
            "@crypto-gain-02:chat.example"),
        Arguments.of(
            "clean-up-rooms",
            new CleanUpRoomsParameters(
                null, null, "@ada:chat.example", null, null, null, null, null, null),
            roomsOf("@crypto-gain-03:chat.example").stream()
                .filter(room -> !roomsOf(spammer).contains(room))
                .findFirst()
                .orElseThrow()),
        Arguments.of(
            "redact-events",
            new RedactEventsParameters(roomsOf(spammer), "spam", null, null, null, null),
            spammer),
        Arguments.of("deactivate-users", new DeactivateUsersParameters(true), spammer),
        Arguments.of(
            "delete-media", new DeleteMediaParameters(Long.MAX_VALUE, 1L, true, null), "*"),
        Arguments.of(
            "purge-history",
            new PurgeHistoryParameters(true, null, Long.MAX_VALUE, null),
            roomsOf(spammer).get(0)),
        Arguments.of(
            "delete-rooms",
            new DeleteRoomsParameters(
                "@ada:chat.example", "new", "gone", true, true, false, null, null),
            roomsOf(spammer).get(0)));
  }

  private static List<String> roomsOf(String user) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select distinct room_id from homeserver.event where sender = ? order by 1")
                .bind(0, user)
                .mapTo(String.class)
                .list());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whoDiesInAnyStageIsFollowedByTheNextDeliveryOfTheSameCommand(
      String kind, Record parameters, String target) {
    var accepted = accept(kind, parameters, target);
    published.addAll(accepted.commands());
    var diedIn = new ArrayList<String>();
    while (!published.isEmpty()) {
      var command = published.remove(0).command();
      int delivery = 1;
      while (isKilled(new Delivered(command, delivery), diedIn)) {
        delivery++;
      }
    }

    var job = store.reader().find(accepted.job()).orElseThrow();
    assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(diedIn)
        .as("once in each stage")
        .containsExactlyElementsOf(job.stages().stream().map(stage -> stage.name()).toList());
    assertThat(job.stages())
        .allSatisfy(
            stage ->
                assertThat(stage.progress().settled())
                    .as("%s adds up", stage)
                    .isEqualTo(stage.progress().total()));
    // A worker that dies in a stage joined to the transaction of the stage before dies in both.
    assertThat(
            store.parts().segments(accepted.job(), -1, -1, 100).stream()
                .filter(segment -> segment.segment() == 0)
                .mapToInt(segment -> segment.epoch())
                .sum())
        .as("each stage leased, and taken over once")
        .isEqualTo(2 * job.stages().size());
  }

  private boolean isKilled(Delivered delivered, List<String> diedIn) {
    try {
      worker(
              stage -> {
                if (!diedIn.contains(stage)) {
                  diedIn.add(stage);
                  throw new Killed();
                }
              })
          .run(List.of(delivered), () -> false);
      return false;
    } catch (Killed e) {
      return true;
    }
  }

  private static Acceptance.Accepted accept(String kind, Record parameters, String target) {
    return (Acceptance.Accepted)
        store
            .acceptance()
            .accept(
                JobRequest.of(
                    JobParameters.of(KindContracts.load().require(new JobKind(kind)), parameters),
                    TargetSource.of(List.of(target)),
                    "@admin:x"),
                TargetSnapshot.NONE);
  }

  /**
   * @param begins called with the name of a stage after the lease, before the stage plans or works
   */
  private GroupRunner worker(Consumer<String> begins) {
    var homeserver =
        new PostgresHomeserver(
            jdbi, StoreTimeouts.defaults(), IdentityServers.none(), new LocalMediaFiles(media));
    var kinds =
        ServiceLoader.load(KindDefinition.class).stream()
            .map(ServiceLoader.Provider::get)
            .map(kind -> watched(kind, begins))
            .toList();
    var parts =
        new RunnerDependencies(
            "mortal",
            store,
            WorkerKinds.of(kinds, new StageServices(homeserver, store.targets())),
            published::addAll,
            new ProgressPublisher(store.leases(), silent(), Clock.systemUTC()),
            new RunConfig(
                Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ZERO, Duration.ofMinutes(1)),
            RunListener.NONE,
            new SplittableRandom(1));
    return new Runners(parts).groups(new ShortSegments());
  }

  private static KindDefinition watched(KindDefinition kind, Consumer<String> begins) {
    return new KindDefinition() {
      @Override
      public String kind() {
        return kind.kind();
      }

      @Override
      public List<Stage> stages(StageServices services) {
        return kind.stages(services).stream().map(stage -> watched(stage, begins)).toList();
      }
    };
  }

  private static Stage watched(Stage stage, Consumer<String> begins) {
    return (Stage)
        Proxy.newProxyInstance(
            Stage.class.getClassLoader(),
            new Class<?>[] {Stage.class},
            (proxy, method, arguments) -> {
              if (Set.of("plan", "work").contains(method.getName())) {
                begins.accept(stage.name());
              }
              try {
                return method.invoke(stage, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static JobEventPublisher silent() {
    return new JobEventPublisher() {
      @Override
      public void publishEvent(JobEvent event) {}

      @Override
      public boolean publishEvents(List<JobEvent> events) {
        return true;
      }
    };
  }
}
