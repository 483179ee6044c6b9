package dev.bailiff.homeserver.store.deactivation;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.deactivation.DeactivationPort;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.homeserver.store.batch.BatchTransactions;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.identity.Unbinding;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Accounts of the own store, closed and taken out of their rooms. */
public final class PostgresDeactivation implements DeactivationPort {
  private final BatchTransactions transactions;
  private final Supplier<String> serverName;
  private final IdentityServers identityServers;

  public PostgresDeactivation(
      BatchTransactions transactions,
      Supplier<String> serverName,
      IdentityServers identityServers) {
    this.transactions = transactions;
    this.serverName = serverName;
    this.identityServers = identityServers;
  }

  @Override
  public BatchOutcome closeAccounts(AccountClosing closing, BatchCommit commit) {
    AccountClosings closings = new AccountClosings(serverName.get(), identityServers);
    int users = closing.users().size();
    Map<String, Unbinding> unbindings =
        closings.unbind(transactions.read(users, handle -> AccountClosings.bound(handle, closing)));
    return transactions.run(
        users,
        commit,
        handle -> closings.close(handle, closing, unbindings, commit::mayTakeLastAdmin));
  }

  @Override
  public List<Long> joinedRooms(List<Target> users) {
    return transactions.read(users.size(), handle -> RoomPartings.joinedRooms(handle, users));
  }

  @Override
  public BatchOutcome leaveRooms(RoomParting parting, BatchCommit commit) {
    String server = serverName.get();
    return transactions.run(
        parting.users().size(), commit, handle -> RoomPartings.leave(handle, server, parting));
  }

  @Override
  public List<Verdict> verifyAccounts(List<Target> users, boolean erase) {
    return transactions.read(users.size(), handle -> AccountVerdicts.verify(handle, users, erase));
  }
}
