package dev.bailiff.audit;

import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the role that works could change the audit, too. */
public final class AuditOwner {
  private static final Logger LOG = LoggerFactory.getLogger(AuditOwner.class);

  private static final String IS_WORKING =
      """
      select pg_has_role(current_user, c.relowner, 'usage')
        from pg_class c where c.oid = 'access.audit'::regclass
      """;

  private AuditOwner() {}

  /** Whether the role of these connections is the owner of the audit, or a superuser. */
  static boolean isWeak(Jdbi jdbi) {
    return jdbi.withHandle(handle -> handle.createQuery(IS_WORKING).mapTo(Boolean.class).one());
  }

  /** Says at the start that the audit is guarded by triggers alone, if so. */
  public static void warnIfWeak(Jdbi jdbi) {
    if (isWeak(jdbi)) {
      LOG.warn(
          "the audit is weaker than it could be: the role of the configuration owns its tables, so that"
              + " triggers alone keep it from changes; name the owner in database.owner, and another role in"
              + " database.user");
    }
  }
}
