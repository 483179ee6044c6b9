package dev.bailiff.homeserver.deactivation;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import java.util.List;

/**
 * Accounts: the work of {@code deactivate-users}. {@code Homeserver} describes shape, lists,
 * repetition, time and errors.
 */
public interface DeactivationPort {

  /**
   * Closes accounts. Facts: {@code id_server_unbind_result} ({@code success}, {@code no-support}).
   * One item per user.
   */
  BatchOutcome closeAccounts(AccountClosing closing, BatchCommit commit);

  /**
   * How many rooms each of the first one or more users is joined to, in the order asked. Of all
   * users, unless that takes too long for one call.
   */
  List<Long> joinedRooms(List<Target> users);

  /** Makes users leave their rooms. One item per room left. */
  BatchOutcome leaveRooms(RoomParting parting, BatchCommit commit);

  /**
   * Whether anything is left that deactivation should have removed. Returns verdicts of the first
   * one or more users, in the order asked.
   */
  List<Verdict> verifyAccounts(List<Target> users, boolean erase);
}
