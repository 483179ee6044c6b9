package dev.bailiff.standalone.stack;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheck;
import dev.bailiff.homeserver.IdentityConfig;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.worker.SlotsConfig;
import dev.bailiff.worker.Worker;
import dev.bailiff.worker.WorkerHomeserver;
import dev.bailiff.worker.WorkerLoopsCheck;
import dev.bailiff.worker.WorkerSettings;
import dev.bailiff.worker.maintain.RetentionConfig;
import dev.bailiff.worker.run.RunListener;

/** A worker on the servers of a stack: in the process that is up, or in one that joins it. */
public final class StackWorker implements AutoCloseable {

  private final Worker worker;

  private StackWorker(Worker worker) {
    this.worker = worker;
  }

  /**
   * Starts the slots. Does not wait for the servers: work begins when the servers answer.
   *
   * @param name used in leases and logs; host and process make it unique
   */
  public static StackWorker start(
      DataFolder folder, RuntimeInfo info, String name, MetricRegistry metrics) {
    WorkerSettings settings =
        new WorkerSettings(
            StackDatabase.config(info),
            StackBroker.config(info.kafka()),
            new SlotsConfig(),
            LeaseConfig.DEFAULT,
            RetentionConfig.DEFAULT,
            info.synapse() == null ? folder.media().toString() : null,
            WorkerSettings.defaultName() + "-" + name,
            GuardFile.read(folder),
            folder.webhooks());
    return new StackWorker(
        Worker.start(
            settings,
            jdbi ->
                WorkerHomeserver.open(
                    info.homeserver(), settings.homeserverContext(jdbi, IdentityConfig.defaults())),
            metrics,
            RunListener.NONE));
  }

  /**
   * Does the same in another process than the one that is up.
   *
   * @throws DataFolderException if the database at the address belongs to another folder
   */
  public static StackWorker join(
      DataFolder folder, RuntimeInfo info, String name, MetricRegistry metrics) {
    StackDatabase.requireOwn(folder, info);
    return start(folder, info, name, metrics);
  }

  /** Whether the worker's slots and duties go on. */
  HealthCheck loops() {
    return new WorkerLoopsCheck(worker);
  }

  /** Takes no new work, and completes or gives back the work in hand; takes about 7 s at most. */
  @Override
  public void close() {
    worker.close();
  }
}
