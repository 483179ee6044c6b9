package dev.bailiff.homeserver.synapse;

import dev.bailiff.homeserver.synapse.database.RoleGrants;
import dev.bailiff.homeserver.synapse.media.MediaTables;
import dev.bailiff.homeserver.synapse.purge.SqlPurge;

/** The SQL that makes a role for Synapse's database. */
public final class SynapseGrants {
  private SynapseGrants() {}

  /**
   * For purges by direct SQL, and for questions about files.
   *
   * @throws IllegalArgumentException for a name that PostgreSQL, or the quoting here, does not
   *     allow
   */
  public static String of(String role) {
    return RoleGrants.of(role, SqlPurge.rights().and(MediaTables.RIGHTS));
  }

  /**
   * For questions about files alone: the role can change nothing.
   *
   * @throws IllegalArgumentException for a name that PostgreSQL, or the quoting here, does not
   *     allow
   */
  public static String readOnly(String role) {
    return RoleGrants.of(role, MediaTables.RIGHTS);
  }
}
