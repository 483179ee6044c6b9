package dev.bailiff.worker.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.job.store.WorkerRegister;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a worker writes of itself, and when it writes nothing. */
class WorkerPresenceIT {
  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private final LongAdder items = new LongAdder();
  private final AtomicLong clock = new AtomicLong();
  private Jdbi jdbi;
  private WorkerRegister register;
  private WorkerPresence presence;

  @BeforeEach
  void start() {
    jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(handle -> handle.execute("truncate jobs.worker"));
    register = JobStore.on(jdbi, LeaseConfig.DEFAULT).workers();
    presence =
        new WorkerPresence(
            register, new WorkerRegister.Entry("w", null, Map.of("express", 1)), items, clock::get);
  }

  @Test
  void workerThatDoesNothingWritesOnceAnHour() {
    later(Duration.ofSeconds(10));
    var first = version();

    later(Duration.ofMinutes(30));
    assertThat(version()).isEqualTo(first);

    later(Duration.ofMinutes(31));
    assertThat(version()).isNotEqualTo(first);
    assertThat(register.list("", 1).get(0).startedAt())
        .isBefore(register.list("", 1).get(0).seenAt().minus(Duration.ofHours(1)));
  }

  @Test
  void rateIsThatOfTheLastTimeAndNothingAtTheEnd() {
    later(Duration.ofSeconds(10));

    items.add(50);
    later(Duration.ofSeconds(10));
    assertThat(rate()).isEqualTo(5);

    later(Duration.ofSeconds(10));
    assertThat(rate()).isZero();
    var idle = version();
    later(Duration.ofSeconds(10));
    assertThat(version()).isEqualTo(idle);
  }

  @Test
  void rowThatIsGoneComesBack() {
    later(Duration.ofSeconds(10));
    register.leave("w");

    items.add(1);
    later(Duration.ofSeconds(10));
    later(Duration.ofSeconds(10));

    assertThat(register.list("", 1)).hasSize(1);
    presence.leave();
    assertThat(register.list("", 1)).isEmpty();
  }

  private void later(Duration time) {
    clock.addAndGet(time.toNanos());
    presence.runOnce();
  }

  private double rate() {
    return register.list("", 1).get(0).rate();
  }

  /** Another one for each time that the row was written. */
  private String version() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select xmin::text || ctid::text from jobs.worker")
                .mapTo(String.class)
                .one());
  }
}
