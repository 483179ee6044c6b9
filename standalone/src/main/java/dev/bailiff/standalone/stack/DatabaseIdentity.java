package dev.bailiff.standalone.stack;

import dev.bailiff.job.store.CopiedJobs;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The row of {@code jobs.data_folder}: the data folder that the database belongs to. */
final class DatabaseIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseIdentity.class);

  private static final String FIND = "select id from jobs.data_folder";

  private static final String WRITE =
      """
      insert into jobs.data_folder (id, former_id, arrival, path, identified_at)
      values (:id, :formerId, :arrival, :path, :identifiedAt)
      on conflict (only_one) do update
      set id = excluded.id, former_id = excluded.former_id, arrival = excluded.arrival,
        path = excluded.path, identified_at = excluded.identified_at
      """;

  private final Jdbi jdbi;

  DatabaseIdentity(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Gives database and folder the same identity. A database without identity takes the folder's,
   * and so does a database with the identity that the folder had before. A crash between the two
   * writes also leaves the former identity in the database. A database with any other identity was
   * put there from somewhere else, so both get a new identity.
   *
   * <p>The open jobs of a copy, and of what was restored, are paused in the transaction that writes
   * the new identity. A crash before its commit leaves a database without that identity, and the
   * next start does all of it; a crash after it leaves the jobs paused.
   *
   * @param renew writes a new identity into the folder; this comes before the write to the database
   * @return the identity that both have now
   */
  FolderIdentity settle(FolderIdentity folder, UnaryOperator<FolderIdentity> renew) {
    Optional<UUID> found =
        jdbi.withHandle(handle -> handle.createQuery(FIND).mapTo(UUID.class).findOne());
    if (found.isPresent() && found.get().equals(folder.id())) {
      return folder;
    }
    FolderIdentity settled = folder;
    if (found.isPresent() && !found.get().equals(folder.formerId())) {
      LOG.info("the database is of another data folder or time: both get another identity");
      settled = renew.apply(folder);
    }
    write(settled);
    return settled;
  }

  private void write(FolderIdentity identity) {
    jdbi.useTransaction(
        handle -> {
          handle
              .createUpdate(WRITE)
              .bind("id", identity.id())
              .bind("formerId", identity.formerId())
              .bind("arrival", identity.arrival().word())
              .bind("path", identity.place().path())
              .bind("identifiedAt", identity.identifiedAt())
              .execute();
          if (identity.arrival().mayHaveTwin()) {
            new CopiedJobs(jdbi).pause();
          }
        });
  }
}
