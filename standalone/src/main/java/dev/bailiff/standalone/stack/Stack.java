package dev.bailiff.standalone.stack;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.database.Database;
import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.embedded.DataFolderLock;
import dev.bailiff.job.store.CopiedJobs;
import dev.bailiff.secret.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL, Kafka, gateway and workers on one data folder, in one process.
 *
 * <p>After a {@code kill -9} of the process the next start recovers everything; nobody has to
 * repair anything by hand.
 *
 * <p>A PostgreSQL that ends by itself is started again. {@link #awaitLoss()} reports a server that
 * cannot be kept running; a full disk has this effect on both servers. The stack is of no use then
 * and must be closed.
 *
 * <p><b>Time:</b> about 5 s to start, 3 s to stop; a stop never takes 10 s. <b>Concurrency:</b>
 * {@link #close()} may be called from a shutdown hook while {@link #start()} still runs: the close
 * waits for the start.
 */
public final class Stack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Stack.class);
  private static final String TOKEN_NAME = "admin-token";

  /** Leaves time for Kafka and PostgreSQL within the 10 s that a stop may take. */
  private static final Duration USERS_LIMIT = Duration.ofMillis(7_500);

  /** Longer than both servers need. A lost broker may hang until the process ends. */
  private static final Duration SERVERS_LIMIT = Duration.ofSeconds(10);

  private final DataFolder folder;
  private final StackSettings settings;
  private final List<AutoCloseable> servers = new ArrayList<>();
  private final List<AutoCloseable> users = new ArrayList<>();
  private final CompletableFuture<String> loss = new CompletableFuture<>();
  private @Nullable DataFolderLock lock;
  private @Nullable RuntimeInfo runtime;

  public Stack(DataFolder folder, StackSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /**
   * Starts all parts and returns when HTTP is served.
   *
   * @throws dev.bailiff.embedded.EmbeddedServerException if the folder is in use or a server does
   *     not start
   * @throws dev.bailiff.database.DatabaseRefusedException if the folder's jobs act on another
   *     homeserver than the one in the settings; the folder remembers the homeserver that it had
   */
  public synchronized RuntimeInfo start() {
    folder.create();
    lock = folder.lock();
    try {
      RuntimeInfo starting = folder.requireRuntime();
      runtime = starting;
      starting = startServers(starting.actingOn(settings.synapse()));
      runtime = starting;
      folder.write(starting);
      prepareDatabase(starting);
      StackGateway gateway =
          StackGateway.start(
              starting,
              settings.port(),
              new StackGateway.Rules(
                  GuardFile.read(folder), settings.approvals(), folder.webhooks().webhooks()));
      users.add(gateway);
      for (int n = 1; n <= settings.workers(); n++) {
        StackWorker worker = StackWorker.start(folder, starting, "up-" + n, gateway.metrics());
        users.add(worker);
        gateway.show("worker-" + n, worker.loops());
      }
      RuntimeInfo serving = starting.serving(gateway.url(), gateway.adminUrl());
      folder.write(serving);
      runtime = serving;
      return serving;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Waits until a server is lost for good.
   *
   * @return one line for the person at the terminal
   */
  public String awaitLoss() throws InterruptedException {
    try {
      return loss.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nothing completes it with an error
    }
  }

  /** Ends everything, first the parts that use the servers; waiting calls get their answers. */
  @Override
  public synchronized void close() {
    closeAll(users, USERS_LIMIT);
    users.clear();
    if (runtime != null) {
      close(this::writeStopped); // a full disk must not leave servers running
      runtime = null;
    }
    closeAll(servers, SERVERS_LIMIT);
    servers.clear();
    if (lock != null) {
      close(lock);
      lock = null;
    }
  }

  private void writeStopped() {
    if (runtime != null) {
      folder.write(runtime.stopped());
    }
  }

  /** Starts both servers at once, because each start consists mostly of waiting. */
  private RuntimeInfo startServers(RuntimeInfo starting) {
    CompletableFuture<StackBroker> broker =
        CompletableFuture.supplyAsync(() -> startBroker(starting));
    // Without this line, nobody would end the wait for a broker that was lost during its start.
    loss.thenAccept(why -> broker.completeExceptionally(new IllegalStateException(why)));
    try {
      StackDatabase database = StackDatabase.start(folder, starting.postgres());
      servers.add(database);
      RuntimeInfo settled =
          database.settle(
              folder,
              starting.withServers(database.info(), starting.kafka()),
              settings.serverName());
      database.keep(loss::complete);
      return settled.withServers(settled.postgres(), started(broker).info());
    } catch (RuntimeException e) {
      broker.handle((started, failure) -> started).thenAccept(this::pushIfStarted).join();
      throw e;
    }
  }

  private StackBroker startBroker(RuntimeInfo starting) {
    StackBroker broker =
        StackBroker.start(folder, starting.kafka(), () -> loss.complete(brokerLost()));
    try {
      broker.prepare();
      return broker;
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  private StackBroker started(CompletableFuture<StackBroker> broker) {
    try {
      StackBroker started = broker.join();
      servers.add(started);
      return started;
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void pushIfStarted(@Nullable StackBroker broker) {
    if (broker != null && !servers.contains(broker)) {
      servers.add(broker);
    }
  }

  private String brokerLost() {
    return "Kafka in "
        + folder.kafka()
        + " could not go on"
        + (FreeSpace.isUsedUp(folder.kafka())
            ? ": no space is left there; make some and start it again"
            : "; " + folder.log() + " says why. Start it again");
  }

  private void prepareDatabase(RuntimeInfo info) {
    try (Database database = Database.open(StackDatabase.config(info), "start")) {
      new OperatorTokens(database.jdbi())
          .setOfFolder(TOKEN_NAME, Sha256.of(folder.requireAdminToken()));
      reportCopied(new CopiedJobs(database.jdbi()));
    }
  }

  /** Warnings reach the person at the terminal, beside the log. */
  private void reportCopied(CopiedJobs jobs) {
    if (settings.resumesCopiedJobs()) {
      LOG.warn("{} paused jobs of the copied or restored folder go on", jobs.resume());
      return;
    }
    int paused = jobs.count();
    if (paused > 0) {
      LOG.warn(
          "this data folder or its database was copied or restored: {} open jobs are paused; see 'bailiff jobs --status"
              + " paused', and let them go on by 'bailiff up --resume-copied-jobs'",
          paused);
    }
  }

  /** Closes all parts at once, because each close consists mostly of waiting. */
  private static void closeAll(List<AutoCloseable> parts, Duration limit) {
    ExecutorService closers = Executors.newCachedThreadPool(DaemonThreads.named("close"));
    parts.forEach(part -> closers.execute(() -> close(part)));
    closers.shutdown();
    try {
      if (!closers.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("some of {} are still closing after {}", parts, limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) { // an error of one part must not keep the others open
      LOG.info("this did not close", e); // a person at the terminal sees warnings only
      LOG.warn("{} did not close: {}", part.getClass().getSimpleName(), e.toString());
    }
  }
}
