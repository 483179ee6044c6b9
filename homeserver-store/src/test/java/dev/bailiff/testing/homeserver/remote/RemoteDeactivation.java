package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.deactivation.DeactivationPort;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.testing.homeserver.remote.RemoteServer.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Accounts of the remote server. */
record RemoteDeactivation(RemoteServer server, RemoteCalls calls) implements DeactivationPort {
  @Override
  public BatchOutcome closeAccounts(AccountClosing closing, BatchCommit commit) {
    return calls.list(commit, "close", closing.users(), target -> close(target, closing.erase()));
  }

  private BatchOutcome close(Target target, boolean erase) {
    User user = server.users.get(target.id());
    if (user == null) {
      return RemoteCalls.failed(target, 404, "M_NOT_FOUND", "User not found");
    }
    boolean changes = user.active || user.sessions || (erase && !user.erased);
    user.active = false;
    user.sessions = false;
    user.erased |= erase;
    for (String room : server.roomsOf(target.id(), Set.of("invite", "knock"))) {
      server.setMembership(room, target.id(), "leave");
    }
    return RemoteCalls.settled(
        changes, List.of(new Fact(target.number(), "id_server_unbind_result", "success")));
  }

  @Override
  public List<Long> joinedRooms(List<Target> users) {
    return calls.read(
        () ->
            calls.first(users).stream()
                .map(user -> (long) server.roomsOf(user.id(), Set.of("join")).size())
                .toList());
  }

  @Override
  public BatchOutcome leaveRooms(RoomParting parting, BatchCommit commit) {
    return calls.operation(
        commit,
        "leave ",
        parting.after(),
        () -> {
          int left = 0;
          for (Target user : parting.users()) {
            for (String room : server.roomsOf(user.id(), Set.of("join"))) {
              if (left == parting.size()) {
                return BatchOutcome.of(left, 0, new Cursor("more"));
              }
              server.setMembership(room, user.id(), "leave");
              left++;
            }
          }
          return BatchOutcome.of(left, 0, null);
        });
  }

  @Override
  public List<Verdict> verifyAccounts(List<Target> users, boolean erase) {
    return calls.read(() -> users.stream().map(user -> verdict(user, erase)).toList());
  }

  private Verdict verdict(Target target, boolean erase) {
    List<String> left = new ArrayList<>();
    User user = server.users.get(target.id());
    if (user != null && (user.active || user.sessions)) {
      left.add("1 active account");
    }
    if (user != null && erase && !user.erased) {
      left.add("1 profile");
    }
    int rooms = server.roomsOf(target.id(), Set.of("join", "invite", "knock")).size();
    if (rooms > 0) {
      left.add(rooms + " rooms");
    }
    return new Verdict(target.number(), left);
  }
}
