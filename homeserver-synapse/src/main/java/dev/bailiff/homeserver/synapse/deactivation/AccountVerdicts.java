package dev.bailiff.homeserver.synapse.deactivation;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.text.CountedNoun;
import java.util.ArrayList;
import java.util.List;

/** Asks Synapse what is left of closed accounts. Names in old membership events cannot be asked. */
final class AccountVerdicts {
  private static final int PARALLEL = 8;

  /** Four calls each; a page of them takes a second or two. */
  private static final int AT_A_TIME = 100;

  private final UserCalls users;
  private final ItemCalls calls;

  AccountVerdicts(UserCalls users, ItemCalls calls) {
    this.users = users;
    this.calls = calls;
  }

  List<Verdict> of(List<Target> targets, boolean erase) {
    var page = targets.subList(0, Math.min(AT_A_TIME, targets.size()));
    return calls.read(page, PARALLEL, target -> new Verdict(target.number(), left(target, erase)));
  }

  private List<String> left(Target target, boolean erase) {
    var left = new ArrayList<String>();
    var found = users.user(target.id());
    if (found.isPresent()) {
      var user = found.get();
      if (!user.deactivated()) {
        left.add("1 active account");
      }
      if (erase && !user.erased()) {
        left.add("not erased");
      }
      if (user.deactivated() && erase && user.named()) {
        left.add("1 profile");
      }
      add(left, user.threepids(), "address");
      add(left, users.devices(target.id()), "device");
      add(left, users.pushers(target.id()), "pusher");
    }
    long rooms =
        users.memberships(target.id()).values().stream()
            .filter(membership -> !membership.equals("leave") && !membership.equals("ban"))
            .count();
    add(left, rooms, "room");
    return left;
  }

  private static void add(List<String> left, long number, String thing) {
    if (number > 0) {
      left.add(CountedNoun.of(number, thing));
    }
  }
}
