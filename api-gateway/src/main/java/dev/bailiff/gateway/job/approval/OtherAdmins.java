package dev.bailiff.gateway.job.approval;

import java.util.Collection;

/** The server admins of the homeserver who can use their accounts. */
@FunctionalInterface
public interface OtherAdmins {

  /** No admin may use Bailiff's own API. */
  OtherAdmins NONE = besides -> false;

  /**
   * Whether there are admins beside some users.
   *
   * @throws dev.bailiff.homeserver.batch.HomeserverUnavailableException if the homeserver does not
   *     answer
   */
  boolean exist(Collection<String> besides);
}
