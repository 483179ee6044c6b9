package dev.bailiff.homeserver.store.deactivation;

import dev.bailiff.guard.Rail;
import dev.bailiff.homeserver.LocalId;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Effect;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.store.batch.RoomLocks;
import dev.bailiff.homeserver.store.guard.AdminAccounts;
import dev.bailiff.homeserver.store.identity.BoundThreepid;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.identity.Unbinding;
import dev.bailiff.homeserver.store.membership.Memberships;
import dev.bailiff.homeserver.store.membership.Memberships.Member;
import dev.bailiff.homeserver.store.session.Sessions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Closes accounts, all of a batch with each statement (admin-api 4.7, steps 1 to 14 except parting;
 * the numbers below are its steps). Steps without data in our store (directory, account validity,
 * delayed events, thread subscriptions) are missing.
 */
final class AccountClosings {

  private static final String BOUND =
      """
      select user_id, medium, address from homeserver.threepid
      where user_id = any (:users)
      order by user_id, medium, address
      """;

  private static final String LOCK =
      """
      select user_id, deactivated and password_hash is null and (erased or not :erase) as closed,
             admin and not deactivated and not locked as admin
      from homeserver.account
      where user_id = any (:users)
      order by user_id
      for no key update
      """;

  private static final String PENDING =
      """
      select room_id, user_id from homeserver.membership
      where user_id = any (:users) and membership in ('invite', 'knock')
      order by room_id, user_id
      """;

  /** Step 2, and the pushers of steps 2 and 6. */
  private static final List<String> CONTACTS =
      List.of(
          "delete from homeserver.threepid where user_id = any (:users)",
          "delete from homeserver.pusher where user_id = any (:users)");

  /** Steps 5, 9 and 12 in one row. */
  private static final String CLOSE =
      """
      update homeserver.account
      set password_hash = null,
          deactivated = true,
          erased = erased or :erase,
          displayname = case when :erase then null else displayname end,
          avatar_url = case when :erase then null else avatar_url end
      where user_id = any (:users)
      """;

  /** Steps 13 and 14. A user's ignore list, secret storage and tags are account data. */
  private static final List<String> DATA =
      List.of(
          "delete from homeserver.account_data where user_id = any (:users)",
          "delete from homeserver.push_rules where user_id = any (:users)",
          "delete from homeserver.e2e_key where user_id = any (:users) and kind = 'backup'");

  private final String server;
  private final IdentityServers identityServers;

  AccountClosings(String server, IdentityServers identityServers) {
    this.server = server;
    this.identityServers = identityServers;
  }

  /** The third-party ids to unbind, read before the batch's transaction. */
  static List<BoundThreepid> bound(Handle handle, AccountClosing closing) {
    return handle
        .createQuery(BOUND)
        .bindArray("users", String.class, closing.users().stream().map(Target::id).toArray())
        .map(
            (rs, ctx) ->
                new BoundThreepid(
                    rs.getString("user_id"), rs.getString("medium"), rs.getString("address")))
        .list();
  }

  /**
   * Step 1: asks the identity servers before the transaction, as no lock may be held while another
   * machine answers. Unbinding twice does no harm, so it may come before the fence.
   */
  Map<String, Unbinding> unbind(List<BoundThreepid> bound) {
    Map<String, Unbinding> worst = new HashMap<>();
    if (bound.isEmpty()) {
      return worst;
    }
    List<Unbinding> answers = identityServers.unbind(bound);
    for (int i = 0; i < bound.size(); i++) {
      Unbinding answer = answers.get(i);
      worst.merge(bound.get(i).userId(), answer, (a, b) -> a.ordinal() >= b.ordinal() ? a : b);
    }
    return worst;
  }

  BatchOutcome close(
      Handle handle,
      AccountClosing closing,
      Map<String, Unbinding> unbindings,
      Predicate<Target> mayTakeLastAdmin) {
    List<Failure> failures = new ArrayList<>();
    List<Fact> facts = new ArrayList<>();
    Set<String> admins = new HashSet<>();
    Map<String, Boolean> closed = lock(handle, closing, admins);
    Set<String> remaining = admins.isEmpty() ? Set.of() : AdminAccounts.lockActive(handle);
    List<String> users = new ArrayList<>();
    for (Target user : closing.users()) {
      Unbinding unbinding = unbindings.getOrDefault(user.id(), Unbinding.SUCCESS);
      Failure failure = refusal(user, closed.containsKey(user.id()), unbinding);
      if (failure != null) {
        failures.add(failure);
        continue;
      }
      if (admins.contains(user.id()) && !takes(user, remaining, mayTakeLastAdmin)) {
        failures.add(failure(user, 403, "M_FORBIDDEN", Rail.LAST_ADMIN.text(user.id())));
        continue;
      }
      users.add(user.id());
      facts.add(new Fact(user.number(), "id_server_unbind_result", unbinding.word()));
    }
    for (String statement : CONTACTS) {
      update(handle, statement, users);
    }
    Sessions.end(handle, users); // steps 3 and 4
    rejectPending(handle, users); // step 10
    handle
        .createUpdate(CLOSE)
        .bindArray("users", String.class, users)
        .bind("erase", closing.erase())
        .execute();
    for (String statement : DATA) {
      update(handle, statement, users);
    }
    long skipped = users.stream().filter(user -> closed.getOrDefault(user, false)).count();
    return new BatchOutcome(users.size() - skipped, skipped, failures, List.of(), facts, null, null)
        .withEffects(
            users.stream()
                .filter(user -> !closed.getOrDefault(user, false))
                .map(user -> Effect.of(user, List.of()))
                .toList());
  }

  /** Whether an admin may go; if so, they are no longer among those who remain. */
  private static boolean takes(
      Target admin, Set<String> remaining, Predicate<Target> mayTakeLastAdmin) {
    boolean isLast = remaining.size() == 1 && remaining.contains(admin.id());
    boolean goes = !isLast || mayTakeLastAdmin.test(admin);
    if (goes) {
      remaining.remove(admin.id());
    }
    return goes;
  }

  /**
   * @param admins gets the server admins among the users
   */
  private static Map<String, Boolean> lock(
      Handle handle, AccountClosing closing, Set<String> admins) {
    Map<String, Boolean> closed = new HashMap<>();
    handle
        .createQuery(LOCK)
        .bindArray("users", String.class, closing.users().stream().map(Target::id).toArray())
        .bind("erase", closing.erase())
        .map(
            (rs, ctx) -> {
              if (rs.getBoolean("admin")) {
                admins.add(rs.getString("user_id"));
              }
              return Map.entry(rs.getString("user_id"), rs.getBoolean("closed"));
            })
        .forEach(entry -> closed.put(entry.getKey(), entry.getValue()));
    return closed;
  }

  private @Nullable Failure refusal(Target user, boolean known, Unbinding unbinding) {
    if (!LocalId.isOf(user.id(), server)) {
      return failure(user, 400, "M_UNKNOWN", "Can only deactivate local users");
    }
    if (!known) {
      return failure(user, 404, "M_NOT_FOUND", "User not found");
    }
    if (unbinding == Unbinding.FAILED) {
      return failure(user, 400, "M_UNKNOWN", "Failed to remove threepid from ID server");
    }
    return null;
  }

  private static Failure failure(Target user, int status, String code, String text) {
    return new Failure(user.id(), user.number(), true, status, code, text);
  }

  /**
   * Leaves the rooms without forgetting them: parting forgets only the rooms that a user was joined
   * to.
   */
  private void rejectPending(Handle handle, List<String> users) {
    List<String[]> pending =
        handle
            .createQuery(PENDING)
            .bindArray("users", String.class, users)
            .map((rs, ctx) -> new String[] {rs.getString("room_id"), rs.getString("user_id")})
            .list();
    Map<String, String> versions =
        RoomLocks.share(handle, pending.stream().map(row -> row[0]).toList());
    List<String[]> reachable =
        pending.stream().filter(row -> versions.containsKey(row[0])).toList();
    List<Member> members =
        Memberships.lockPresent(
                handle,
                reachable.stream().map(row -> row[0]).toList(),
                reachable.stream().map(row -> row[1]).toList())
            .stream()
            .filter(member -> !member.membership().equals("join"))
            .toList();
    Memberships.leave(handle, server, members, false);
  }

  private static void update(Handle handle, String statement, List<String> users) {
    handle.createUpdate(statement).bindArray("users", String.class, users).execute();
  }
}
