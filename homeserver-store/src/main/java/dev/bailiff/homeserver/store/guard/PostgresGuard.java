package dev.bailiff.homeserver.store.guard;

import dev.bailiff.homeserver.guard.GuardPort;
import dev.bailiff.homeserver.guard.Standing;
import dev.bailiff.homeserver.store.batch.BatchTransactions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The standings of accounts of the own store. */
public final class PostgresGuard implements GuardPort {
  private static final String STANDINGS =
      """
      select user_id, admin and not deactivated and not locked as admin,
             appservice_id is not null as application_service
      from homeserver.account
      where user_id = any (:users) and (admin or appservice_id is not null)
      """;

  private final BatchTransactions transactions;

  public PostgresGuard(BatchTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Standing> standings(List<String> users) {
    Map<String, Standing> special = new HashMap<>();
    transactions.read(
        users.size(),
        handle -> {
          handle
              .createQuery(STANDINGS)
              .bindArray("users", String.class, users.toArray())
              .map(
                  (rs, ctx) ->
                      Map.entry(
                          rs.getString("user_id"),
                          new Standing(
                              rs.getBoolean("admin"), rs.getBoolean("application_service"), false)))
              .forEach(entry -> special.put(entry.getKey(), entry.getValue()));
          return null;
        });
    return users.stream().map(user -> special.getOrDefault(user, Standing.PLAIN)).toList();
  }

  @Override
  public Set<String> admins() {
    return transactions.read(AdminAccounts::active);
  }
}
