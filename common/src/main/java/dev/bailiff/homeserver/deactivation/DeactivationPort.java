package dev.bailiff.homeserver.deactivation;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import java.util.List;

/**
 * Accounts: what {@code deactivate-users} does. Shape, lists, repetition, time and errors are as
 * {@code Homeserver} says.
 */
public interface DeactivationPort {

  /**
   * Closes accounts. Facts: {@code id_server_unbind_result} ({@code success}, {@code no-support}).
   * One item a user.
   */
  BatchOutcome closeAccounts(AccountClosing closing, BatchCommit commit);

  /** How many rooms each of the users is joined to, in the order asked. */
  List<Long> joinedRooms(List<Target> users);

  /** Makes users leave. One item a room left. */
  BatchOutcome leaveRooms(RoomParting parting, BatchCommit commit);

  /**
   * Whether anything is left of what deactivation takes away. Verdicts of the first one or more of
   * the users, in the order asked.
   */
  List<Verdict> verifyAccounts(List<Target> users, boolean erase);
}
