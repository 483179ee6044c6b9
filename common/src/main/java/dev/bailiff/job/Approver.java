package dev.bailiff.job;

import java.util.Set;

/**
 * Somebody who approves or rejects a job.
 *
 * @param name a user id, or {@code token:NAME}
 * @param parties everybody whose jobs are not somebody else's: the approver, the admin who acts
 *     through the approver's account, and who made the approver's token, and that one's, and so on
 */
public record Approver(String name, Set<String> parties) {

  public Approver {
    parties = Set.copyOf(parties);
  }
}
