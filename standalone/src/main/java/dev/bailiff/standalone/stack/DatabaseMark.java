package dev.bailiff.standalone.stack;

import dev.bailiff.job.store.CopiedJobs;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A number that the database and the folder both keep, and that only grows. By it the folder
 * recognises a database that was put back to an older state: its number is lower than the folder's.
 *
 * <p><b>Why a crash cannot be taken for a restore:</b> the database commits a number before the
 * folder's file gets it. So whenever the process ends, the database has the number of the folder or
 * the next one. Only a database that lost a commit has a lower one.
 *
 * <p><b>Concurrency:</b> the caller holds the folder's lock, so there is one writer.
 */
final class DatabaseMark {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseMark.class);

  private static final String ADVANCE =
      "update jobs.data_folder set mark = mark + 1 where mark >= :known returning mark";

  private static final String CATCH_UP = "update jobs.data_folder set mark = :known + 1";

  private final PrivateFile file;
  private final Jdbi jdbi;

  DatabaseMark(PrivateFile file, Jdbi jdbi) {
    this.file = file;
    this.jdbi = jdbi;
  }

  /** The number of the folder; 0 before the first. A file that cannot be read counts as none. */
  long ofFolder() {
    return file.read().map(String::strip).map(DatabaseMark::number).orElse(0L);
  }

  /**
   * Takes the next number. A database that was put back to an older state is found here, at a start
   * or while it is in use, and its open jobs are paused.
   */
  void advance() {
    long known = ofFolder();
    Optional<Long> next =
        jdbi.withHandle(
            handle -> handle.createQuery(ADVANCE).bind("known", known).mapTo(Long.class).findOne());
    if (next.isEmpty()) {
      int paused = catchUp(known);
      LOG.warn("the database was put back to an older state: {} open jobs are paused", paused);
    }
    file.write(next.orElse(known + 1) + "\n");
  }

  /** One transaction: a crash leaves a database that is found again. */
  private int catchUp(long known) {
    return jdbi.inTransaction(
        handle -> {
          handle.createUpdate(CATCH_UP).bind("known", known).execute();
          return new CopiedJobs(jdbi).pause();
        });
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
