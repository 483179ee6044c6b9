package dev.bailiff.homeserver.synapse.suspension;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.suspension.SuspensionPort;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.homeserver.synapse.batch.ListBatches;
import dev.bailiff.homeserver.synapse.batch.Settlement;
import dev.bailiff.homeserver.synapse.pace.PacedCalls;
import java.util.List;

/** Suspends accounts by Synapse's own call. A call that comes twice changes nothing. */
public final class SynapseSuspension implements SuspensionPort {
  private static final int PARALLEL = 4;
  private static final int PARALLEL_READS = 8;

  private final UserCalls users;
  private final ItemCalls calls;

  public SynapseSuspension(UserCalls users, ItemCalls calls) {
    this.users = users;
    this.calls = calls;
  }

  @Override
  public BatchOutcome suspend(List<Target> targets, BatchCommit commit) {
    return ListBatches.targets(calls, "suspend", targets, PARALLEL, commit, this::suspend);
  }

  private Settlement suspend(Target target, PacedCalls paced) {
    var user = users.user(target.id());
    if (user.isEmpty()) {
      return Settlement.failed(
          new Failure(target.id(), target.number(), true, 404, "M_NOT_FOUND", "User not found"));
    }
    if (user.get().suspended()) {
      return Settlement.skipped();
    }
    paced.send(() -> users.suspend(target.id())).orThrow();
    return Settlement.done();
  }

  @Override
  public List<Verdict> verifySuspended(List<Target> targets) {
    return calls.readFirst(
        targets, PARALLEL_READS, target -> new Verdict(target.number(), left(target)));
  }

  private List<String> left(Target target) {
    return users
        .user(target.id())
        .filter(user -> !user.suspended() && !user.deactivated())
        .map(user -> List.of("1 account that can still write"))
        .orElse(List.of());
  }
}
