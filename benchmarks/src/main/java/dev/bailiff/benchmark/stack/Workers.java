package dev.bailiff.benchmark.stack;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.homeserver.HomeserverFactory;
import dev.bailiff.homeserver.IdentityConfig;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.kafka.KafkaConfig;
import dev.bailiff.worker.Worker;
import dev.bailiff.worker.WorkerApplication;
import dev.bailiff.worker.WorkerHomeserver;
import dev.bailiff.worker.WorkerSettings;
import dev.bailiff.worker.maintain.RetentionConfig;
import dev.bailiff.worker.run.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workers with the leases of production, in this process. */
public final class Workers implements AutoCloseable {
  private final KafkaConfig kafka;
  private final WorkerFleet crew;
  private final List<Worker> workers = new ArrayList<>();

  private Workers(KafkaConfig kafka, WorkerFleet crew) {
    this.kafka = kafka;
    this.crew = crew;
  }

  /** Starts workers on Bailiff's own store. */
  public static Workers start(DatabaseConfig database, KafkaConfig kafka, WorkerFleet crew) {
    return start(database, kafka, crew, null);
  }

  /**
   * Starts workers.
   *
   * @param homeserver null: Bailiff's own store
   */
  public static Workers start(
      DatabaseConfig database,
      KafkaConfig kafka,
      WorkerFleet crew,
      @Nullable HomeserverFactory homeserver) {
    var started = new Workers(kafka, crew);
    for (int n = 0; n < crew.workers(); n++) {
      var settings =
          new WorkerSettings(
              database,
              kafka,
              crew.slots(),
              LeaseConfig.DEFAULT,
              RetentionConfig.DEFAULT,
              crew.mediaFolder(),
              "bench-worker-" + n);
      started.workers.add(
          Worker.start(
              settings,
              jdbi ->
                  homeserver == null
                      ? WorkerApplication.ownStore(jdbi, settings)
                      : WorkerHomeserver.open(
                          homeserver, settings.homeserverContext(jdbi, IdentityConfig.defaults())),
              new MetricRegistry(),
              RunListener.NONE));
    }
    return started;
  }

  /** Returns when every slot that can take part in jobs of the kind has joined its group. */
  public void awaitJoined(JobKind kind) throws InterruptedException {
    ShareGroups.awaitMembers(
        kafka,
        Map.of(
            kafka.topics().expressGroup(), crew.workers() * crew.slots().express(),
            kafka.topics().group(kind), crew.workers() * crew.slots().of(kind)));
  }

  @Override
  public void close() {
    workers.parallelStream().forEach(Worker::close);
  }
}
