package dev.bailiff.homeserver.store.suspension;

import dev.bailiff.homeserver.LocalId;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Effect;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.store.batch.BatchTransactions;
import dev.bailiff.homeserver.suspension.SuspensionPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Suspends accounts of the own store. */
public final class PostgresSuspension implements SuspensionPort {

  private static final String LOCK =
      """
      select user_id, suspended from homeserver.account
       where user_id = any (:users)
       order by user_id
       for no key update
      """;

  private static final String SUSPEND =
      "update homeserver.account set suspended = true where user_id = any (:users) and not suspended";

  private static final String ACTIVE =
      """
      select user_id from homeserver.account
       where user_id = any (:users) and not suspended and not deactivated
      """;

  private final BatchTransactions transactions;
  private final Supplier<String> serverName;

  public PostgresSuspension(BatchTransactions transactions, Supplier<String> serverName) {
    this.transactions = transactions;
    this.serverName = serverName;
  }

  @Override
  public BatchOutcome suspend(List<Target> users, BatchCommit commit) {
    String server = serverName.get();
    return transactions.run(users.size(), commit, handle -> suspend(handle, server, users));
  }

  private static BatchOutcome suspend(Handle handle, String server, List<Target> users) {
    Map<String, Boolean> suspended = new HashMap<>();
    handle
        .createQuery(LOCK)
        .bindArray("users", String.class, ids(users))
        .map((rs, ctx) -> Map.entry(rs.getString("user_id"), rs.getBoolean("suspended")))
        .forEach(entry -> suspended.put(entry.getKey(), entry.getValue()));
    List<Failure> failures = new ArrayList<>();
    for (Target user : users) {
      Failure failure = refusal(server, user, suspended.get(user.id()));
      if (failure != null) {
        failures.add(failure);
      }
    }
    long done = handle.createUpdate(SUSPEND).bindArray("users", String.class, ids(users)).execute();
    return new BatchOutcome(
            done, users.size() - failures.size() - done, failures, List.of(), List.of(), null, null)
        .withEffects(
            users.stream()
                .filter(user -> Boolean.FALSE.equals(suspended.get(user.id())))
                .map(Effect::of)
                .toList());
  }

  private static @Nullable Failure refusal(
      String server, Target user, @Nullable Boolean suspended) {
    if (!LocalId.isOf(user.id(), server)) {
      return new Failure(
          user.id(), user.number(), true, 400, "M_UNKNOWN", "Can only suspend local users");
    }
    return suspended == null
        ? new Failure(user.id(), user.number(), true, 404, "M_NOT_FOUND", "User not found")
        : null;
  }

  @Override
  public List<Verdict> verifySuspended(List<Target> users) {
    Set<String> active =
        Set.copyOf(
            transactions.read(
                users.size(),
                handle ->
                    handle
                        .createQuery(ACTIVE)
                        .bindArray("users", String.class, ids(users))
                        .mapTo(String.class)
                        .list()));
    return users.stream()
        .map(
            user ->
                new Verdict(
                    user.number(),
                    active.contains(user.id())
                        ? List.of("1 account that can still write")
                        : List.of()))
        .toList();
  }

  private static Object[] ids(List<Target> users) {
    return users.stream().map(Target::id).toArray();
  }
}
