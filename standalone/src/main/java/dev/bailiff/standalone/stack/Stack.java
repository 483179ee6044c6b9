package dev.bailiff.standalone.stack;

import dev.bailiff.database.Database;
import dev.bailiff.embedded.DataFolderLock;
import dev.bailiff.job.store.OperatorTokens;
import dev.bailiff.secret.Sha256;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL, Kafka, gateway and workers on one data folder, in one process.
 *
 * <p>After a {@code kill -9} of the process the next start recovers whatever was left; nothing
 * needs to be done by hand.
 *
 * <p><b>Time:</b> about 5 s to start, 3 s to stop; a stop never takes 10 s. <b>Concurrency:</b>
 * {@link #close()} may be called from a shutdown hook while {@link #start()} still runs: it waits
 * for it.
 */
public final class Stack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Stack.class);
  private static final String TOKEN_NAME = "admin-token";

  /** Leaves time for Kafka and PostgreSQL within the 10 s that a stop may take. */
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(7_500);

  private final DataFolder folder;
  private final StackSettings settings;
  private final Deque<AutoCloseable> servers = new ArrayDeque<>();
  private final List<AutoCloseable> users = new ArrayList<>();
  private @Nullable RuntimeInfo runtime;

  public Stack(DataFolder folder, StackSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /**
   * Starts all of it and returns when HTTP is served.
   *
   * @throws dev.bailiff.embedded.EmbeddedServerException if the folder is in use or a server does
   *     not start
   */
  public synchronized RuntimeInfo start() {
    folder.create();
    DataFolderLock lock = folder.lock();
    servers.push(lock);
    try {
      RuntimeInfo starting = folder.requireRuntime();
      runtime = starting;
      starting = startServers(starting);
      runtime = starting;
      folder.write(starting);
      prepareDatabase(starting);
      StackGateway gateway = StackGateway.start(starting, settings.port());
      users.add(gateway);
      for (int n = 1; n <= settings.workers(); n++) {
        StackWorker worker = StackWorker.start(starting, "up-" + n, gateway.metrics());
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

  /** Ends everything, those who use the servers first; waiting calls get their answers. */
  @Override
  public synchronized void close() {
    ExecutorService closers = Executors.newCachedThreadPool(); // all at once: each waits long
    users.forEach(user -> closers.execute(() -> close(user)));
    closers.shutdown();
    awaitEnd(closers);
    users.clear();
    if (runtime != null) {
      folder.write(runtime.stopped());
      runtime = null;
    }
    while (!servers.isEmpty()) {
      close(servers.pop());
    }
  }

  /** Both at once, as each waits for itself most of the time. */
  private RuntimeInfo startServers(RuntimeInfo starting) {
    CompletableFuture<StackBroker> broker =
        CompletableFuture.supplyAsync(() -> startBroker(starting));
    try {
      StackDatabase database = StackDatabase.start(folder, starting.postgres());
      servers.push(database);
      return starting.withServers(database.info(), started(broker).info());
    } catch (RuntimeException e) {
      broker.handle((started, failure) -> started).thenAccept(this::pushIfStarted).join();
      throw e;
    }
  }

  private StackBroker startBroker(RuntimeInfo starting) {
    StackBroker broker = StackBroker.start(folder, starting.kafka());
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
      servers.push(started);
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
      servers.push(broker);
    }
  }

  private void prepareDatabase(RuntimeInfo info) {
    try (Database database = Database.open(StackDatabase.config(info.postgres()), "start")) {
      database.migrate();
      new OperatorTokens(database.jdbi()).add(TOKEN_NAME, Sha256.of(folder.requireAdminToken()));
    }
  }

  private static void awaitEnd(ExecutorService closers) {
    try {
      if (!closers.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("the gateway or a worker is still closing after {}", CLOSE_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) { // whatever one part does, the others must be closed
      LOG.warn("{} did not close", part.getClass().getSimpleName(), e);
    }
  }
}
