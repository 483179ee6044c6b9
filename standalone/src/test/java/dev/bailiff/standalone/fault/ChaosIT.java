package dev.bailiff.standalone.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.job.JobId;
import dev.bailiff.secret.Sha256;
import dev.bailiff.testing.homeserver.Community;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A bad night: jobs of five kinds work on the same targets, while the test kills, stops and wipes
 * everything.
 *
 * <p>The seed decides the jobs and the order of the faults; the seed is printed. The seed does not
 * decide the exact moments of the faults. {@code -Dbailiff.chaos.seed=N} gives another night,
 * {@code -Dbailiff.chaos.minutes=N} a long one, with the leases of production.
 */
class ChaosIT {
  private static final long SEED = Long.getLong("bailiff.chaos.seed", 12L);
  private static final int MINUTES = Integer.getInteger("bailiff.chaos.minutes", 0);
  private static final boolean LONG = MINUTES > 0;

  private static final int JOBS = LONG ? 73 : 16;
  private static final int WORKERS = LONG ? 3 : 2;

  /** Further messages of each user in each room, in addition to the community's own. */
  private static final int MORE_MESSAGES = LONG ? 1_000 : 20;

  /**
   * Longer than a lease, so that another worker has taken a stopped worker's work when it goes on.
   */
  private static final Duration STOP = Duration.ofSeconds(LONG ? 40 : 5);

  private static final int LATER_SECONDS = LONG ? 45 : 4;
  private static final Duration LIMIT = Duration.ofMinutes(LONG ? 10 : 3);

  private enum Fault {
    KILL_EVERYTHING,
    KILL_WORKER,
    KILL_HEAD,
    STOP_WORKER,
    WIPE_KAFKA
  }

  @TempDir Path folder;
  private final Random random = new Random(SEED);

  @Test
  void everyJobEndsOnceAndDoesEachThingOnceWhateverIsKilledStoppedAndWiped() throws Exception {
    System.out.println("chaos with -Dbailiff.chaos.seed=" + SEED + " and " + JOBS + " jobs");
    try (var stack = new ChaosStack(folder, leases())) {
      var jdbi = prepared(stack);
      var ledger = new ChaosLedger(jdbi);
      ledger.open();
      stack.start(WORKERS);
      var api = new JobApi(stack.gatewayPort());
      api.awaitReady();
      var accepted = new CopyOnWriteArrayList<JobId>();
      var jobs = new ChaosJobs(random.nextLong(), users(), rooms(jdbi));
      var load = CompletableFuture.runAsync(() -> submitAll(api, jobs, accepted));

      for (var fault : faults()) {
        awaitWork(ledger);
        strike(stack, fault);
      }

      load.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(200))
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(ledger.isSettled()).isTrue());
      stack.assertAllAlive();
      assertThat(ids(jdbi)).as("accepted").containsExactlyInAnyOrderElementsOf(accepted);
      assertThat(ledger.faults()).as("seed " + SEED).isEmpty();
      for (var what : List.of("redacted", "left", "closed", "media")) {
        assertThat(ledger.effects(what)).as(what).isPositive();
      }
      assertThat(filesAreThoseOfTheRecords(jdbi)).isTrue();
    }
  }

  private static ServerAddresses.Leases leases() {
    return LONG ? ServerAddresses.Leases.OF_PRODUCTION : ServerAddresses.Leases.SHORT;
  }

  /** In a short night each fault once, in an order from the seed; in a long night many of each. */
  private List<Fault> faults() {
    var faults = new ArrayList<Fault>();
    if (LONG) {
      // Fewer of the faults that take longer.
      faults.addAll(Collections.nCopies(8, Fault.KILL_EVERYTHING));
      faults.addAll(Collections.nCopies(7, Fault.KILL_WORKER));
      faults.addAll(Collections.nCopies(3, Fault.STOP_WORKER));
      faults.addAll(Collections.nCopies(2, Fault.KILL_HEAD));
      faults.addAll(Collections.nCopies(2, Fault.WIPE_KAFKA));
    } else {
      // No KILL_HEAD: wiping Kafka kills the head, too.
      faults.addAll(
          List.of(Fault.KILL_EVERYTHING, Fault.KILL_WORKER, Fault.STOP_WORKER, Fault.WIPE_KAFKA));
    }
    Collections.shuffle(faults, random);
    return faults;
  }

  private void strike(ChaosStack stack, Fault fault) {
    int worker = random.nextInt(WORKERS);
    System.out.println("chaos: " + fault + " " + worker);
    switch (fault) {
      case KILL_EVERYTHING -> stack.killEverything();
      case KILL_WORKER -> stack.killWorker(worker);
      case KILL_HEAD -> stack.killHead();
      case STOP_WORKER -> stop(stack, worker);
      case WIPE_KAFKA -> stack.wipeKafka();
    }
  }

  private static void stop(ChaosStack stack, int worker) {
    stack.worker(worker).stop();
    try {
      pause(STOP);
    } finally {
      stack.worker(worker).resume();
    }
  }

  /**
   * Waits until more work is done than at the call, or until all work is done; waits first in a
   * long night.
   */
  private void awaitWork(ChaosLedger ledger) {
    if (LONG) {
      pause(Duration.ofMillis(random.nextLong(MINUTES * 60_000L / 22)));
    }
    long before = ledger.steps();
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(() -> ledger.steps() > before || ledger.isSettled());
  }

  private static void submitAll(JobApi api, ChaosJobs jobs, List<JobId> accepted) {
    var pauses = new Random(SEED);
    for (int n = 0; n < JOBS; n++) {
      var spec = jobs.next(LATER_SECONDS);
      var job = api.submit(spec.key(), jobs.body(spec));
      accepted.add(job);
      if (LONG) {
        pause(Duration.ofMillis(pauses.nextLong(2 * MINUTES * 60_000L / JOBS)));
      }
      if (spec.cancelled()) {
        api.cancel(job);
      }
    }
  }

  private static void pause(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
  }

  // The homeserver

  private Jdbi prepared(ChaosStack stack) {
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl(stack.jdbcUrl());
    dataSource.setUser(stack.user());
    dataSource.setPassword(stack.password());
    Database.migrate(dataSource);
    var jdbi = Database.jdbi(dataSource);
    Community.importInto(jdbi, folder.resolve("media"));
    new OperatorTokens(jdbi).add("test", Sha256.of(JobApi.TOKEN));
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into homeserver.event
                  (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, content)
                select nextval('homeserver.event_stream_ordering'), 100 + n, n, m.room_id,
                       '$more-' || n || '-' || md5(m.room_id || m.user_id), 'm.room.message', m.user_id, '{"body":"more"}'
                  from homeserver.membership m, generate_series(1, ?) n
                 where m.user_id = any(?) and m.membership = 'join'
                """,
                MORE_MESSAGES,
                users().toArray(String[]::new)));
    return jdbi;
  }

  private static List<String> users() {
    return IntStream.range(0, 24).mapToObj("@crypto-gain-%02d:chat.example"::formatted).toList();
  }

  private static List<String> rooms(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select room_id from homeserver.membership
                     where user_id = any(:users) and membership = 'join' group by 1 order by count(*), 1
                    """)
                .bind("users", users().toArray(String[]::new))
                .mapTo(String.class)
                .list());
  }

  private static List<JobId> ids(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select job_id::text from jobs.job")
                .mapTo(String.class)
                .map(id -> JobId.parse(id).orElseThrow())
                .list());
  }

  /** Checks that no media file of a record is missing and that no other file is left. */
  private boolean filesAreThoseOfTheRecords(Jdbi jdbi) {
    var files = new LocalMediaFiles(folder.resolve("media"));
    var kept =
        new HashSet<>(
            jdbi.withHandle(
                handle ->
                    handle
                        .createQuery("select media_id from homeserver.local_media")
                        .mapTo(String.class)
                        .list()));
    var deleted =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select subject from ledger.effect where what = 'media'")
                    .mapTo(String.class)
                    .list());
    assertThat(deleted).as("deleted").noneMatch(files::has);
    assertThat(kept).as("kept").allMatch(files::has);
    return true;
  }
}
