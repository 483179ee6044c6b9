package dev.bailiff.job.store;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The row of {@code jobs.homeserver}: the homeserver that the jobs of a database act on. The first
 * process writes the row, and every later process compares its own homeserver with it.
 */
public final class HomeserverClaim {
  private static final Logger LOG = LoggerFactory.getLogger(HomeserverClaim.class);

  private static final String OWN_STORE = "store";

  private static final String FIND = "select backend, server_name from jobs.homeserver";

  private static final String INSERT =
      """
      insert into jobs.homeserver (backend, server_name) values (:backend, :serverName)
      on conflict do nothing
      """;

  /** The name is written once. */
  private static final String NAME =
      """
      update jobs.homeserver set server_name = :serverName
       where backend = :backend and server_name is null
      """;

  /**
   * A release without the row made the tables of the own store in every database, and a process of
   * another homeserver makes none.
   */
  private static final String HAS_OWN_STORE =
      "select exists (select from pg_namespace where nspname = 'homeserver')";

  private static final String ACCOUNT =
      "select service_account from jobs.homeserver where service_account is not null";

  /** Not the account of another server: that one is refused a moment later. */
  private static final String REMEMBER_ACCOUNT =
      """
      update jobs.homeserver set service_account = :account
       where (server_name is null or server_name = :serverName)
         and service_account is distinct from :account
      """;

  private final Jdbi jdbi;

  public HomeserverClaim(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Requires that the jobs of the database act on this homeserver. Writes what the row does not
   * have yet.
   *
   * @param backend the type of the homeserver in the configuration
   * @param serverName null: not known, only the backend is compared
   * @throws OtherHomeserverException if the jobs act on another homeserver; nothing is changed then
   */
  public void require(String backend, @Nullable String serverName) {
    var mine = new Row(backend, serverName);
    jdbi.useTransaction(
        handle -> {
          var found = found(handle, mine);
          if (!found.fits(mine)) {
            throw new OtherHomeserverException(
                "the jobs in this database are of "
                    + found.inWords()
                    + ", not of "
                    + mine.inWords()
                    + ": use another database, or another data folder");
          }
          if (serverName != null && found.serverName() == null) {
            write(handle, NAME, mine);
          }
        });
  }

  /**
   * Does the same for a worker, which starts even if its database or its homeserver is away. What
   * cannot be compared now is compared at the next start.
   *
   * @param serverName asked once; an error means that the name is not known
   */
  public void requireIfKnown(String backend, Supplier<Optional<String>> serverName) {
    try {
      require(backend, nameOrNull(serverName));
    } catch (JdbiException e) {
      LOG.info("the homeserver of the jobs cannot be compared at this start: {}", e.getMessage());
    }
  }

  /** The name of the homeserver that the jobs act on; empty if no process knew it yet. */
  public Optional<String> serverName() {
    return jdbi.withHandle(HomeserverClaim::find)
        .flatMap(row -> Optional.ofNullable(row.serverName()));
  }

  /** The account of the homeserver that Bailiff acts as, as some process last saw it. */
  public Optional<String> serviceAccount() {
    return jdbi.withHandle(handle -> handle.createQuery(ACCOUNT).mapTo(String.class).findOne());
  }

  /** Stores the account for times when the homeserver is away. */
  public void rememberServiceAccount(String account, String serverName) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(REMEMBER_ACCOUNT)
                .bind("account", account)
                .bind("serverName", serverName)
                .execute());
  }

  /** The name, or null if its question fails. */
  public static @Nullable String nameOrNull(Supplier<Optional<String>> serverName) {
    try {
      return serverName.get().orElse(null);
    } catch (RuntimeException e) {
      LOG.info("the homeserver's name is not known at this start: {}", e.getMessage());
      return null;
    }
  }

  private static Row found(Handle handle, Row mine) {
    var found = find(handle);
    if (found.isPresent()) {
      return found.get();
    }
    if (!mine.backend().equals(OWN_STORE)
        && handle.createQuery(HAS_OWN_STORE).mapTo(Boolean.class).one()) {
      return new Row(OWN_STORE, null);
    }
    write(handle, INSERT, mine);
    return find(handle).orElseThrow();
  }

  private static Optional<Row> find(Handle handle) {
    return handle
        .createQuery(FIND)
        .map((row, any) -> new Row(row.getString("backend"), row.getString("server_name")))
        .findOne();
  }

  private static void write(Handle handle, String statement, Row row) {
    handle
        .createUpdate(statement)
        .bind("backend", row.backend)
        .bind("serverName", row.serverName)
        .execute();
  }

  /**
   * The row.
   *
   * @param serverName null: not known
   */
  private record Row(String backend, @Nullable String serverName) {

    boolean fits(Row other) {
      return backend.equals(other.backend)
          && (serverName == null
              || other.serverName == null
              || serverName.equals(other.serverName));
    }

    String inWords() {
      var words =
          backend.equals(OWN_STORE)
              ? "Bailiff's own store"
              : "a running "
                  + backend.substring(0, 1).toUpperCase(Locale.ROOT)
                  + backend.substring(1);
      return serverName == null ? words : words + " (" + serverName + ")";
    }
  }
}
