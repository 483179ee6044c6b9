package dev.bailiff.worker.process;

import static org.awaitility.Awaitility.await;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.JobView;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TargetSource;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.KafkaPublisher;
import dev.bailiff.kafka.KafkaSetup;
import dev.bailiff.testing.process.ChildProcess;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.tally.TallyKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Accepts jobs as a gateway does, starts workers as processes, waits for the end of jobs, and
 * counts effects.
 */
public final class EngineExtension implements BeforeEachCallback, AfterEachCallback {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final Function<String, TestPlace> places;
  private final List<ChildProcess> processes = new ArrayList<>();
  private TestPlace place;
  private Database database;
  private Jdbi jdbi;
  private JobStore store;
  private KafkaPublisher publisher;

  /** Uses the servers that all tests share, with workers that need no media. */
  public EngineExtension(PostgresExtension postgres, KafkaExtension kafka) {
    this(postgres, kafka, () -> Path.of("no-media"));
  }

  /** Uses the servers that all tests share, with workers on this media folder. */
  public EngineExtension(
      PostgresExtension postgres, KafkaExtension kafka, Supplier<Path> mediaFolder) {
    this(
        test ->
            new TestPlace(
                postgres.jdbcUrl(),
                postgres.user(),
                postgres.password(),
                kafka.bootstrapServers(),
                kafka.prefix() + test,
                mediaFolder.get().toString()));
  }

  /**
   * Uses any servers.
   *
   * @param places gives the servers for the name of a test; called when the test begins
   */
  public EngineExtension(Function<String, TestPlace> places) {
    this.places = places;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    place =
        places.apply(context.getRequiredTestMethod().getName().toLowerCase(java.util.Locale.ROOT));
    database = Database.open(place.database(), "test");
    jdbi = database.jdbi();
    TallyKind.jdbi = jdbi;
    TallyKind.createTable(jdbi);
    jdbi.useHandle(handle -> handle.execute("truncate jobs.job cascade"));
    jdbi.useHandle(handle -> handle.execute("truncate tally"));
    store = JobStore.on(jdbi, TestPlace.LEASES);
    publisher = new KafkaPublisher(place.kafka());
    var kinds =
        StreamSupport.stream(KindContracts.load().all().spliterator(), false)
            .map(contract -> new JobKind(contract.kind()))
            .toList();
    try (var setup = new KafkaSetup(place.kafka(), kinds)) {
      setup.ensure();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    processes.forEach(ChildProcess::close);
    processes.clear();
    publisher.close();
    database.close();
  }

  /** Starts a worker process. */
  public ChildProcess worker(String name) {
    return worker(name, "-");
  }

  /** Starts a worker process that kills itself at the given moment. */
  public ChildProcess worker(String name, String dieAt) {
    return worker(place, name, dieAt);
  }

  /** Starts a worker process that reaches its servers at other addresses, such as a proxy. */
  public ChildProcess worker(TestPlace seen, String name, String dieAt) {
    return started(ChildProcess.java(WorkerProcess.class).args(seen.arguments(name, dieAt)), name);
  }

  /** Starts a worker process that fails to write to any file, as on a full disk. */
  public ChildProcess workerWithoutSpace(String name) {
    return started(
        ChildProcess.java(WorkerProcess.class)
            .withoutSpace()
            .args(place.arguments(name, WorkerProcess.WITHOUT_SPACE)),
        name);
  }

  /** Starts a worker process of the {@link LastRelease}. */
  public ChildProcess workerOfLastRelease(String name) {
    return started(
        ChildProcess.java(WorkerProcess.class)
            .classpathFirst(LastRelease.classes())
            .args(place.arguments(name, "-")),
        name);
  }

  /** Starts a worker process of the {@link NextRelease}. */
  public ChildProcess workerOfNextRelease(String name, String dieAt) {
    return started(
        ChildProcess.java(WorkerProcess.class)
            .classpathFirst(NextRelease.classes())
            .jvmOption("-D" + NextRelease.PROPERTY + "=true")
            .args(place.arguments(name, dieAt)),
        name);
  }

  /**
   * Starts a worker process whose leases do not run out in a test. It kills itself at the given
   * moment, if it is the first process to get there.
   *
   * @param marker a file that does not exist yet; the process that dies creates it
   */
  public ChildProcess workerThatDiesFirst(String name, String dieAt, Path marker) {
    return started(
        ChildProcess.java(WorkerProcess.class)
            .jvmOption("-D" + TestPlace.LEASE_SECONDS + "=3600")
            .jvmOption("-D" + WorkerProcess.DIES_ONCE + "=" + marker)
            .args(place.arguments(name, dieAt)),
        name);
  }

  private ChildProcess started(ChildProcess.Builder builder, String name) {
    var process = builder.start();
    processes.add(process);
    process.awaitLine("started " + name, LIMIT);
    return process;
  }

  /** Accepts a job and publishes its command. */
  public JobId submit(String kind, Record parameters, String... targets) {
    var accepted = accept(kind, parameters, targets);
    publisher.publish(accepted.commands());
    return accepted.job();
  }

  /**
   * Accepts a job and publishes nothing, like a gateway that dies after the commit. The job is
   * fast, as nobody reads beside it.
   */
  public Acceptance.Accepted accept(String kind, Record parameters, String... targets) {
    var request =
        JobRequest.of(
                JobParameters.of(KindContracts.load().require(new JobKind(kind)), parameters),
                TargetSource.of(List.of(targets)),
                "@admin:x")
            .withTerms(JobTerms.USUAL.paced(JobPace.FAST));
    return (Acceptance.Accepted) store.acceptance().accept(request, TargetSnapshot.NONE);
  }

  /** Waits until the job has ended. */
  public JobView awaitEnd(JobId job) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> view(job).status().isTerminal());
    return view(job);
  }

  /** Waits until a job has the status. */
  public void awaitStatus(JobId job, JobStatus status) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> view(job).status() == status);
  }

  public JobView view(JobId job) {
    return store.reader().find(job).orElseThrow();
  }

  /** Number of effects that a job left in a stage; each repetition counts. */
  public long effects(JobId job, String stage) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from tally where job_id = :job and stage = :stage")
                .bind("job", job.toString())
                .bind("stage", stage)
                .mapTo(Long.class)
                .one());
  }

  /** Number of different items that have an effect. */
  public long items(JobId job, String stage) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(distinct item) from tally where job_id = :job and stage = :stage")
                .bind("job", job.toString())
                .bind("stage", stage)
                .mapTo(Long.class)
                .one());
  }

  public JobStore store() {
    return store;
  }

  public KafkaPublisher publisher() {
    return publisher;
  }

  public TestPlace place() {
    return place;
  }

  public Jdbi jdbi() {
    return jdbi;
  }
}
