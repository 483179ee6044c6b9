package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.suspension.SuspensionPort;
import dev.bailiff.testing.homeserver.remote.RemoteServer.User;
import java.util.List;

/** Suspension of accounts of the remote server. */
record RemoteSuspension(RemoteServer server, RemoteCalls calls) implements SuspensionPort {
  @Override
  public BatchOutcome suspend(List<Target> users, BatchCommit commit) {
    return calls.list(commit, "suspend", users, this::suspend);
  }

  private BatchOutcome suspend(Target target) {
    User user = server.users.get(target.id());
    if (user == null) {
      return RemoteCalls.failed(target, 404, "M_NOT_FOUND", "User not found");
    }
    boolean changes = !user.suspended;
    user.suspended = true;
    return RemoteCalls.settled(changes, List.of());
  }

  @Override
  public List<Verdict> verifySuspended(List<Target> users) {
    return calls.read(() -> calls.first(users).stream().map(this::verdict).toList());
  }

  private Verdict verdict(Target target) {
    User user = server.users.get(target.id());
    boolean writes = user != null && user.active && !user.suspended;
    return new Verdict(
        target.number(), writes ? List.of("1 account that can still write") : List.of());
  }
}
