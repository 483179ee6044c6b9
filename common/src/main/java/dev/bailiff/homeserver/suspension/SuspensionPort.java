package dev.bailiff.homeserver.suspension;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import java.util.List;

/**
 * Suspension of accounts, which ends their writing and leaves all their data (admin-api 5.26).
 * {@code Homeserver} describes shape, lists, repetition, time and errors.
 */
public interface SuspensionPort {

  /**
   * Suspends accounts. One item per user: done, skipped (suspended before), or failed (no account,
   * or a user of another server: 404 {@code M_NOT_FOUND} or 400 {@code M_UNKNOWN}). A failed user
   * fails as a target.
   */
  BatchOutcome suspend(List<Target> users, BatchCommit commit);

  /**
   * Whether any account can still write. A deactivated account cannot, whether it is suspended or
   * not. Returns verdicts of the first one or more users, in the order asked.
   */
  List<Verdict> verifySuspended(List<Target> users);
}
