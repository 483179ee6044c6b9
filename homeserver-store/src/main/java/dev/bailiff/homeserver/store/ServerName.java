package dev.bailiff.homeserver.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The name of the server whose data the store holds. An empty store has no name. The first import,
 * or an administrator, sets the name; it never changes afterwards, as every local id ends in it.
 */
public final class ServerName {

  private static final String FIND = "select server_name from homeserver.server";

  private static final String SET =
      """
      insert into homeserver.server (server_name) values (:name) on conflict do nothing
      """;

  private final Jdbi jdbi;
  private volatile @Nullable String known;

  public ServerName(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The name, or empty before the first import. It is cached once it is set. */
  public Optional<String> find() {
    if (known == null) {
      known = jdbi.withHandle(ServerName::find).orElse(null);
    }
    return Optional.ofNullable(known);
  }

  /**
   * Sets the name if none is set.
   *
   * @throws IllegalStateException if the store belongs to another server
   */
  public void set(String name) {
    jdbi.useTransaction(handle -> set(handle, name));
  }

  /** Sets the name if none is set, as part of a transaction. */
  public static void set(Handle handle, String name) {
    handle.createUpdate(SET).bind("name", name).execute();
    String stored = find(handle).orElseThrow();
    if (!stored.equals(name)) {
      throw new IllegalStateException("the store holds the data of " + stored + ", not of " + name);
    }
  }

  static Optional<String> find(Handle handle) {
    return handle.createQuery(FIND).mapTo(String.class).findOne();
  }
}
