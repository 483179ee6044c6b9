package dev.bailiff.homeserver.synapse.deactivation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bailiff.guard.Rail;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.deactivation.DeactivationPort;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.homeserver.guard.AdminTurns;
import dev.bailiff.homeserver.guard.GuardPort;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.homeserver.synapse.batch.ListBatches;
import dev.bailiff.homeserver.synapse.batch.Refusals;
import dev.bailiff.homeserver.synapse.batch.Settlement;
import dev.bailiff.homeserver.synapse.http.NoAnswerException;
import dev.bailiff.homeserver.synapse.pace.PacedCalls;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Closes accounts by Synapse's own call, which leaves the rooms by itself afterwards. */
public final class SynapseDeactivation implements DeactivationPort {
  private static final int PARALLEL = 4;
  private static final Duration UNANSWERED = Duration.ofSeconds(60);
  private static final int MOST_SENT = 3;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final UserCalls users;
  private final ItemCalls calls;
  private final Partings partings;
  private final AccountVerdicts verdicts;

  /** Users whose deactivation was sent and not answered; it is not sent again at once. */
  private final Cache<String, Boolean> unanswered =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(UNANSWERED).build();

  /** How often these deactivations were sent. */
  private final Cache<String, AtomicInteger> sent =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(Duration.ofHours(1)).build();

  private final GuardPort guard;
  private final AdminTurns turns;

  /**
   * @param turns in which server admins are closed
   */
  public SynapseDeactivation(UserCalls users, ItemCalls calls, GuardPort guard, AdminTurns turns) {
    this.guard = guard;
    this.turns = turns;
    this.users = users;
    this.calls = calls;
    this.partings = new Partings(users, calls);
    this.verdicts = new AccountVerdicts(users, calls);
  }

  @Override
  public BatchOutcome closeAccounts(AccountClosing closing, BatchCommit commit) {
    return ListBatches.targets(
        calls,
        "deactivate",
        closing.users(),
        PARALLEL,
        commit,
        (user, paced) -> close(user, closing.erase(), paced, commit::mayTakeLastAdmin));
  }

  private Settlement close(
      Target target, boolean erase, PacedCalls paced, Predicate<Target> mayTakeLastAdmin) {
    var user = users.user(target.id());
    if (user.isEmpty()) {
      return Settlement.failed(
          new Failure(target.id(), target.number(), true, 404, "M_NOT_FOUND", "User not found"));
    }
    if (user.get().deactivated() && (!erase || user.get().erased())) {
      return new Settlement.Skipped(unbound(target, "success"));
    }
    if (unanswered.getIfPresent(target.id()) != null) {
      return new Settlement.Open(LOOK_AGAIN);
    }
    return user.get().admin() && !user.get().deactivated()
        ? closeAdmin(target, erase, paced, mayTakeLastAdmin)
        : send(target, erase, paced);
  }

  /** Two jobs that close the last two admins take turns, and the second one finds one admin. */
  private Settlement closeAdmin(
      Target admin, boolean erase, PacedCalls paced, Predicate<Target> mayTakeLastAdmin) {
    return turns.during(
        () -> {
          boolean isLast = guard.admins().equals(Set.of(admin.id()));
          return isLast && !mayTakeLastAdmin.test(admin)
              ? Settlement.failed(
                  new Failure(
                      admin.id(),
                      admin.number(),
                      true,
                      403,
                      "M_FORBIDDEN",
                      Rail.LAST_ADMIN.text(admin.id())))
              : send(admin, erase, paced);
        });
  }

  private Settlement send(Target target, boolean erase, PacedCalls paced) {
    try {
      var answer = paced.send(() -> users.deactivate(target.id(), erase));
      var result = answer.orThrow().path("id_server_unbind_result").asText("success");
      return new Settlement.Done(unbound(target, result), List.of());
    } catch (NoAnswerException e) {
      if (sent.get(target.id(), any -> new AtomicInteger()).incrementAndGet() >= MOST_SENT) {
        sent.invalidate(target.id());
        return Settlement.failed(Refusals.unanswered(target.id(), target.number(), true, e));
      }
      unanswered.put(target.id(), true);
      return new Settlement.Open(LOOK_AGAIN);
    }
  }

  private static List<Fact> unbound(Target target, String result) {
    return List.of(new Fact(target.number(), "id_server_unbind_result", result));
  }

  @Override
  public List<Long> joinedRooms(List<Target> targets) {
    return partings.joinedRooms(targets);
  }

  @Override
  public BatchOutcome leaveRooms(RoomParting parting, BatchCommit commit) {
    return partings.await(parting, commit);
  }

  @Override
  public List<Verdict> verifyAccounts(List<Target> targets, boolean erase) {
    return verdicts.of(targets, erase);
  }
}
