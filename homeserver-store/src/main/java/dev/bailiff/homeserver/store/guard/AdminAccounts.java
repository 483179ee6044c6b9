package dev.bailiff.homeserver.store.guard;

import dev.bailiff.database.AdvisoryLock;
import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The server admins of the own store. */
public final class AdminAccounts {

  /**
   * Reads all accounts, which takes a tenth of a second for a million: asked only where an admin is
   * to be taken away, so no index is kept for it.
   */
  private static final String ACTIVE =
      "select user_id from homeserver.account where admin and not deactivated and not locked";

  private AdminAccounts() {}

  /** Those who are neither deactivated nor locked. */
  static Set<String> active(Handle handle) {
    return new HashSet<>(handle.createQuery(ACTIVE).mapTo(String.class).list());
  }

  /**
   * The same, when nobody else takes one away: until the end of the transaction, others who want to
   * wait. They see then what this transaction changed.
   */
  public static Set<String> lockActive(Handle handle) {
    handle.execute(AdvisoryLock.LAST_ADMIN.take());
    return active(handle);
  }
}
