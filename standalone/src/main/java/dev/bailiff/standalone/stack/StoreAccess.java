package dev.bailiff.standalone.stack;

import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.embedded.DataFolderLock;
import dev.bailiff.embedded.EmbeddedServerException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Access to the database and media folder of a data folder, whether a stack is up on it or not. A
 * running stack is joined. Otherwise the database alone is started, and stopped at the end.
 */
public final class StoreAccess implements AutoCloseable {
  /** How long to wait for a stack that is starting. */
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(100);

  private final DataFolder folder;
  private final RuntimeInfo info;
  private final @Nullable StackDatabase database;
  private final @Nullable DataFolderLock lock;

  private StoreAccess(
      DataFolder folder,
      RuntimeInfo info,
      @Nullable StackDatabase database,
      @Nullable DataFolderLock lock) {
    this.folder = folder;
    this.info = info;
    this.database = database;
    this.lock = lock;
  }

  /** Joins or starts the database of the folder, and makes the folder if it is missing. */
  public static StoreAccess open(DataFolder folder) {
    folder.create();
    Optional<RuntimeInfo> up = folder.runtime().filter(RuntimeInfo::isUp);
    if (up.isPresent()) {
      return new StoreAccess(folder, up.get(), null, null);
    }
    try {
      return startAlone(folder, folder.lock());
    } catch (EmbeddedServerException e) {
      return new StoreAccess(folder, awaitUp(folder, e), null, null);
    }
  }

  public DatabaseConfig database() {
    return StackDatabase.config(info);
  }

  /** The addresses of the folder's servers. */
  RuntimeInfo info() {
    return info;
  }

  public Path mediaFolder() {
    return folder.media();
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
    if (lock != null) {
      lock.close();
    }
  }

  private static StoreAccess startAlone(DataFolder folder, DataFolderLock lock) {
    try {
      RuntimeInfo starting = folder.requireRuntime();
      folder.write(starting.stopped()); // nothing serves HTTP; port and password are kept
      StackDatabase database = StackDatabase.start(folder, starting.postgres());
      try {
        RuntimeInfo started =
            database.settle(folder, starting.withServers(database.info(), starting.kafka()), null);
        folder.write(started.stopped());
        return new StoreAccess(folder, started, database, lock);
      } catch (RuntimeException e) {
        database.close();
        throw e;
      }
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Waits while somebody else holds the folder. The holder may be a stack that is starting, and can
   * then be joined. It may also be another import, which cannot be joined.
   */
  private static RuntimeInfo awaitUp(DataFolder folder, EmbeddedServerException refusal) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<RuntimeInfo> up = folder.runtime().filter(RuntimeInfo::isUp);
      if (up.isPresent()) {
        return up.get();
      }
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw refusal;
  }
}
