package dev.bailiff.gateway.synapse;

import dev.bailiff.homeserver.guard.GuardPort;
import dev.bailiff.homeserver.guard.Standing;
import java.util.List;
import java.util.Set;

/** Standings on behalf of a caller, whose call ends with the error of a question to Synapse. */
record AskedGuard(GuardPort guard) implements GuardPort {
  @Override
  public List<Standing> standings(List<String> users) {
    return Asked.of(() -> guard.standings(users));
  }

  @Override
  public Set<String> admins() {
    return Asked.of(guard::admins);
  }
}
