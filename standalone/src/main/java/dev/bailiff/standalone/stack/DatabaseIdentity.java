package dev.bailiff.standalone.stack;

import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The row of {@code jobs.data_folder}: which folder the database belongs to. */
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
   * Makes database and folder one. A database without identity, or with the one that the folder had
   * before, takes the folder's: that is also what a crash leaves between the two writings. One with
   * any other was put there from somewhere else, so that both get a new one.
   *
   * @param renew writes a new identity into the folder, which comes first
   * @return what both have now
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
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(WRITE)
                .bind("id", identity.id())
                .bind("formerId", identity.formerId())
                .bind("arrival", identity.arrival().word())
                .bind("path", identity.place().path())
                .bind("identifiedAt", identity.identifiedAt())
                .execute());
  }
}
