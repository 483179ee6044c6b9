package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.job.JobView;
import dev.bailiff.job.Progress;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.testing.homeserver.remote.RemoteConditions;
import dev.bailiff.testing.homeserver.remote.RemoteHomeserverFake;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A segment that runs out of attempts gives up what it has not done, and nothing else. */
class GivenUpIT {
  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private final RemoteConditions conditions =
      new RemoteConditions().latency(Duration.ZERO).retryAfter(Duration.ZERO);
  private final RemoteHomeserverFake homeserver = new RemoteHomeserverFake(conditions);

  @Test
  void rangesThatAreDoneAreNotGivenUp() {
    var engine =
        new OneThreadEngine(
            Database.jdbi(postgres.dataSource()), OneThreadEngine.leases(1), homeserver);
    var user =
        Stream.of(homeserver.users()).max(Comparator.comparingInt(this::ranges)).orElseThrow();
    int ranges = ranges(user);
    assertThat(ranges).as("ranges of the segment").isGreaterThan(2);
    var job =
        engine.submit(
            "redact-events",
            new RedactEventsParameters(rooms(user), null, null, null, null, null),
            user);
    conditions.watchedBy(
        () -> {
          var redact = redact(engine.view(job));
          if (redact.done() > 0 && redact.failed() == 0) {
            throw new IllegalStateException("a fault of the adapter");
          }
        });

    var ended = engine.runToEnd(job);

    var redact = redact(ended);
    assertThat(redact.done()).as("%s", ended).isPositive();
    assertThat(redact.failed())
        .isPositive()
        .isEqualTo(redact.total() - redact.done() - redact.skipped());
    assertThat(engine.store().parts().failures(job, 0, 100)).hasSize(ranges - 1);
  }

  @Test
  void whatIsGivenUpIsListedWithItsOwnTarget() {
    var engine =
        new OneThreadEngine(
            Database.jdbi(postgres.dataSource()), OneThreadEngine.leases(1), homeserver);
    var users =
        Stream.of(homeserver.users())
            .filter(user -> ranges(user) > 0)
            .sorted()
            .limit(3)
            .toArray(String[]::new);
    var job =
        engine.submit(
            "redact-events",
            new RedactEventsParameters(
                Stream.of(users).flatMap(user -> rooms(user).stream()).distinct().toList(),
                null,
                null,
                null,
                null,
                null),
            users);
    conditions.watchedBy(
        () -> {
          if (redact(engine.view(job)).total() > 0) {
            throw new IllegalStateException("a fault of the adapter");
          }
        });

    var ended = engine.runToEnd(job);

    var names = ended.stages().stream().map(JobView.StageView::name).toList();
    assertThat(engine.store().parts().failures(job, 0, 100))
        .filteredOn(failure -> failure.stage() == names.indexOf("redact"))
        .extracting(JobView.FailureView::target)
        .contains(0, 1, 2);
  }

  private int ranges(String user) {
    var port = homeserver.redaction();
    return port.redactionRanges(
            new RedactionScope(
                new Target(0, user), rooms(user), null, EventConditions.between(null, null)),
            null,
            5000)
        .ranges()
        .size();
  }

  private List<String> rooms(String user) {
    return homeserver.redaction().redactableRooms(user, null, 1000);
  }

  private static Progress redact(JobView view) {
    return view.stages().stream()
        .filter(stage -> stage.name().equals("redact"))
        .map(JobView.StageView::progress)
        .findFirst()
        .orElse(new Progress(0, 0, 0, 0));
  }
}
