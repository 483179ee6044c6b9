package dev.bailiff.homeserver.guard;

/**
 * What makes an account one that jobs may have to leave alone.
 *
 * @param admin whether it is a server admin who is neither deactivated nor locked
 * @param applicationService whether it belongs to an application service
 * @param own whether Bailiff itself acts as this account
 */
public record Standing(boolean admin, boolean applicationService, boolean own) {

  /** An account like any other, or none. */
  public static final Standing PLAIN = new Standing(false, false, false);
}
