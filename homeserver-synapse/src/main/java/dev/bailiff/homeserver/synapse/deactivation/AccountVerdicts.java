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
  private static final String ACTIVE = "1 active account";

  private final UserCalls users;
  private final ItemCalls calls;

  AccountVerdicts(UserCalls users, ItemCalls calls) {
    this.users = users;
    this.calls = calls;
  }

  List<Verdict> of(List<Target> targets, boolean erase) {
    return calls.readFirst(targets, PARALLEL, target -> verdict(target, left(target, erase)));
  }

  /** Synapse has said that the account is deactivated: somebody has activated it since. */
  private static Verdict verdict(Target target, List<String> left) {
    var verdict = new Verdict(target.number(), left);
    return left.contains(ACTIVE) ? verdict.asChangedSince() : verdict;
  }

  private List<String> left(Target target, boolean erase) {
    var left = new ArrayList<String>();
    var found = users.user(target.id());
    if (found.isPresent()) {
      var user = found.get();
      if (!user.deactivated()) {
        left.add(ACTIVE);
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
