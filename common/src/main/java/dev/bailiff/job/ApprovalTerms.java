package dev.bailiff.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When a job needs the approval of a second person, by the policy at its acceptance.
 *
 * @param always why it does in any case, for people; null if that depends on its numbers
 * @param mostAccounts more accounts than these need one; null: no number does
 * @param mostTargets more targets than these need one; null: no number does
 * @param mostMembers a room with more joined members than these needs one; null: no number does
 * @param askedBy whose job it is: the requester, and the admin who acts through that account
 * @param expiry how long the job waits for its approval
 * @param possible whether there is anybody else who could approve it
 */
public record ApprovalTerms(
    @Nullable String always,
    @Nullable Integer mostAccounts,
    @Nullable Integer mostTargets,
    @Nullable Integer mostMembers,
    List<String> askedBy,
    Duration expiry,
    boolean possible) {

  public ApprovalTerms {
    askedBy = List.copyOf(askedBy);
  }

  /** The same terms of a job that somebody else could approve, or not. */
  public ApprovalTerms withPossible(boolean approver) {
    return new ApprovalTerms(
        always, mostAccounts, mostTargets, mostMembers, askedBy, expiry, approver);
  }

  /**
   * Why a job of these numbers needs an approval, for people; null if it needs none.
   *
   * @param accounts how many of its targets are accounts
   * @param largestRoom joined members of its largest room; 0 if it is about no room
   */
  public @Nullable String why(long targets, long accounts, long largestRoom) {
    var reasons = new ArrayList<String>();
    if (always != null) {
      reasons.add(always);
    }
    add(reasons, "it is about %,d accounts, more than %,d", accounts, mostAccounts);
    add(reasons, "it has %,d targets, more than %,d", targets, mostTargets);
    add(reasons, "it is about a room with %,d members, more than %,d", largestRoom, mostMembers);
    return reasons.isEmpty() ? null : String.join("; ", reasons);
  }

  private static void add(List<String> reasons, String text, long number, @Nullable Integer most) {
    if (most != null && number > most) {
      reasons.add(String.format(Locale.ROOT, text, number, most));
    }
  }
}
