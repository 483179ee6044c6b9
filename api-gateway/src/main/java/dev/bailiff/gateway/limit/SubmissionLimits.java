package dev.bailiff.gateway.limit;

import dev.bailiff.access.TokenUses;
import dev.bailiff.access.TokenUses.Counted;
import dev.bailiff.access.TokenUses.TooMuch;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.error.ErrorReply;
import dev.bailiff.job.Acceptance;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How much tokens may submit in a time. A caller without limits costs nothing.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class SubmissionLimits {
  private final TokenUses uses;

  public SubmissionLimits(TokenUses uses) {
    this.uses = uses;
  }

  /**
   * Submits a job, if the limits of the caller allow it. What was refused, or accepted before, does
   * not count.
   *
   * @param targets counts the targets of the job; asked only if there is a limit
   * @throws ApiException 429 {@code M_LIMIT_EXCEEDED} with {@code Retry-After}
   */
  public Acceptance within(Caller caller, LongSupplier targets, Supplier<Acceptance> submission) {
    var limits = caller.rights().limits();
    if (!limits.areAny()) {
      return submission.get();
    }
    var use = count(caller, targets.getAsLong()).orElseThrow();
    try {
      var acceptance = submission.get();
      settle(use, acceptance);
      return acceptance;
    } catch (RuntimeException e) {
      uses.takeBack(use);
      throw e;
    }
  }

  /**
   * Counts a job in the transaction that is to store it.
   *
   * @return what was counted, for {@link #settle}; empty without limits
   * @throws ApiException 429
   */
  public Optional<Counted> count(Caller caller, long targets) {
    var rights = caller.rights();
    if (!rights.limits().areAny()) {
      return Optional.empty();
    }
    var use = uses.count(rights.tokenId(), rights.limits(), targets);
    if (use instanceof TooMuch tooMuch) {
      throw new ApiException(
          new ErrorReply(
              429,
              Errcode.M_LIMIT_EXCEEDED.name(),
              tooMuch.text() + ": try again later",
              Map.of("retry_after_ms", tooMuch.after().toMillis())));
    }
    return Optional.of((Counted) use);
  }

  /** Takes a use back if the transaction was committed and no new job came of it. */
  public void settle(Counted use, Acceptance acceptance) {
    if (!(acceptance instanceof Acceptance.Accepted)) {
      uses.takeBack(use);
    }
  }

  /**
   * Requires that targets need not be counted before they are known.
   *
   * @throws ApiException 403
   */
  public void requireCountable(Caller caller, boolean isDryRun) {
    if (!isDryRun && caller.rights().limits().targetsADay() != null) {
      throw new ApiException(
          403,
          Errcode.M_FORBIDDEN,
          "This token may name so many targets a day: it submits a filter as a dry run ('dry_run': true), and then runs the plan");
    }
  }
}
