package dev.bailiff.benchmark.stack;

import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.kafka.KafkaConfig;
import dev.bailiff.kafka.KafkaPublisher;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Does a gateway's work for a job request: accepts the job, publishes its command, reads its state.
 */
public final class JobClient implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(5);

  private final Database database;
  private final JobStore store;
  private final KafkaPublisher publisher;

  public JobClient(DatabaseConfig databaseConfig, KafkaConfig kafka) {
    this.database = Database.open(databaseConfig, "bench");
    this.store = JobStore.on(database.jdbi(), LeaseConfig.DEFAULT);
    this.publisher = new KafkaPublisher(kafka);
  }

  /** The pool of connections, for other queries. */
  public Database database() {
    return database;
  }

  /** Stores a job and publishes its command. */
  public JobId submit(JobRequest request) {
    var acceptance = store.acceptance().accept(request, TargetSnapshot.NONE);
    if (!(acceptance instanceof Acceptance.Accepted accepted)) {
      throw new IllegalStateException("the job was not accepted: " + acceptance);
    }
    publisher.publish(accepted.commands());
    return accepted.job();
  }

  /**
   * Submits the job and waits for its end.
   *
   * @throws IllegalStateException if the job did not complete, or completed with failures or with
   *     anything left over
   */
  public Done run(JobRequest request) throws InterruptedException {
    return run(request, () -> true);
  }

  /**
   * Submits the job and waits for its end while workers run.
   *
   * @throws IllegalStateException as {@link #run(JobRequest)}, and also if no worker runs any more
   */
  public Done run(JobRequest request, BooleanSupplier somebodyWorks) throws InterruptedException {
    long begin = System.nanoTime();
    var id = submit(request);
    while (!status(id).isTerminal()) {
      if (!somebodyWorks.getAsBoolean()) {
        throw new IllegalStateException("the workers died");
      }
      Thread.sleep(LOOK.toMillis());
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    var job = store.reader().find(id).orElseThrow();
    requireGood(job);
    return new Done(seconds, stageSeconds(job));
  }

  /** Waits until the job has ended. */
  public void awaitEnd(JobId job) throws InterruptedException {
    while (!status(job).isTerminal()) {
      Thread.sleep(LOOK.toMillis());
    }
  }

  public JobStatus status(JobId job) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                JobStatus.of(
                    handle
                        .createQuery("select status from jobs.job where job_id = :job")
                        .bind("job", job.value())
                        .mapTo(String.class)
                        .one()));
  }

  /**
   * Throws if the job ended badly.
   *
   * @return seconds of its stages, by the database's clock
   * @throws IllegalStateException on the conditions of {@link #run}
   */
  public Map<String, Double> requireGood(JobId id) {
    var job = store.reader().find(id).orElseThrow();
    requireGood(job);
    return stageSeconds(job);
  }

  /** Kinds that verify store a verdict for each target; other kinds store none. */
  private void requireGood(JobView job) {
    var targets = store.parts().targets(job.id(), -1, 10);
    boolean verifies = job.stages().stream().anyMatch(stage -> stage.name().equals("verify"));
    boolean gone =
        !verifies || targets.stream().allMatch(target -> "gone".equals(target.verdict()));
    if (job.status() != JobStatus.COMPLETED || job.progress().failed() > 0 || !gone) {
      throw new IllegalStateException("the job ended badly: " + job + " " + targets);
    }
  }

  private static Map<String, Double> stageSeconds(JobView job) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (var stage : job.stages()) {
      var closed = stage.closedAt();
      if (closed != null) {
        seconds.put(stage.name(), Duration.between(stage.openedAt(), closed).toMillis() / 1e3);
      }
    }
    return seconds;
  }

  /**
   * A job that completed.
   *
   * @param seconds from the moment before it is accepted to the moment its end is seen
   * @param stageSeconds of each stage, by the database's clock
   */
  public record Done(double seconds, Map<String, Double> stageSeconds) {}

  @Override
  public void close() {
    publisher.close();
    database.close();
  }
}
