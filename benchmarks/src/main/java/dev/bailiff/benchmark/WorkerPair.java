package dev.bailiff.benchmark;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.TargetRooms;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.kafka.KafkaConfig;
import dev.bailiff.kafka.KafkaPublisher;
import dev.bailiff.worker.SlotsConfig;
import dev.bailiff.worker.Worker;
import dev.bailiff.worker.WorkerApplication;
import dev.bailiff.worker.WorkerSettings;
import dev.bailiff.worker.run.RunListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Two workers with the slots and leases of production, in this process, and what a gateway does
 * with a request: accept, publish, look.
 */
final class WorkerPair implements AutoCloseable {
  private static final int WORKERS = 2;
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(5);

  private final Database database;
  private final JobStore store;
  private final KafkaConfig kafka;
  private final KafkaPublisher publisher;
  private final List<Worker> workers = new ArrayList<>();

  WorkerPair(DatabaseConfig databaseConfig, KafkaConfig kafka) {
    this.kafka = kafka;
    this.database = Database.open(databaseConfig, "bench");
    this.store = JobStore.on(database.jdbi(), LeaseConfig.DEFAULT);
    this.publisher = new KafkaPublisher(kafka);
    for (int n = 0; n < WORKERS; n++) {
      workers.add(start(databaseConfig, "bench-worker-" + n));
    }
  }

  private Worker start(DatabaseConfig databaseConfig, String name) {
    var settings =
        new WorkerSettings(
            databaseConfig,
            kafka,
            new SlotsConfig(),
            LeaseConfig.DEFAULT,
            Duration.ofDays(7),
            null,
            name);
    return Worker.start(
        settings,
        jdbi -> WorkerApplication.ownStore(jdbi, settings),
        new MetricRegistry(),
        RunListener.NONE);
  }

  /** Returns when every slot that can take part in the job has joined its group. */
  void awaitJoined(JobRequest request) throws InterruptedException {
    var topics = kafka.topics();
    var groups = List.of(topics.expressGroup(), topics.group(request.kind()));
    long end = System.nanoTime() + JOIN_LIMIT.toNanos();
    try (Admin admin = Admin.create(kafka.client(Map.of()))) {
      while (!allJoined(admin, groups)) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("the workers did not join " + groups);
        }
        Thread.sleep(100);
      }
    }
  }

  private static boolean allJoined(Admin admin, List<String> groups) throws InterruptedException {
    try {
      return admin.describeShareGroups(groups).all().get(10, TimeUnit.SECONDS).values().stream()
          .allMatch(group -> group.members().size() == WORKERS);
    } catch (ExecutionException | TimeoutException e) {
      return false; // not there yet
    }
  }

  /**
   * Submits the job and waits for its end.
   *
   * @return the job as it ended
   * @throws IllegalStateException if it ended in another way than completed, with failures or with
   *     anything left over
   */
  Done run(JobRequest request) throws InterruptedException {
    long begin = System.nanoTime();
    var acceptance = store.acceptance().accept(request, TargetRooms.NONE);
    if (!(acceptance instanceof Acceptance.Accepted accepted)) {
      throw new IllegalStateException("the job was not accepted: " + acceptance);
    }
    publisher.publish(accepted.commands());
    while (!status(accepted.job()).isTerminal()) {
      Thread.sleep(LOOK.toMillis());
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    var job = store.reader().find(accepted.job()).orElseThrow();
    requireGood(job);
    return new Done(seconds, stageSeconds(job));
  }

  private JobStatus status(JobId job) {
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

  private void requireGood(JobView job) {
    var targets = store.reader().targets(job.id(), -1, 10);
    boolean gone = targets.stream().allMatch(target -> "gone".equals(target.verdict()));
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
  record Done(double seconds, Map<String, Double> stageSeconds) {}

  @Override
  public void close() {
    workers.forEach(Worker::close);
    publisher.close();
    database.close();
  }
}
