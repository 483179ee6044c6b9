package dev.bailiff.standalone.audit;

import dev.bailiff.counting.CountingTools;
import dev.bailiff.counting.KindCounter;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.Numbers;
import java.util.List;
import java.util.Set;

/** Counts the rooms to audit. Users without rooms are left out. */
public final class AuditRoomsCounter implements KindCounter<AuditRoomsParameters> {

  @Override
  public String kind() {
    return AuditRoomsContract.KIND;
  }

  @Override
  public Class<AuditRoomsParameters> parameters() {
    return AuditRoomsParameters.class;
  }

  @Override
  public Set<String> items() {
    return Set.of("rooms");
  }

  @Override
  public Counted count(AuditRoomsParameters parameters, List<Target> targets, CountingTools tools) {
    return targets.stream().map(user -> one(user, tools)).reduce(Counted.NONE, Counted::plus);
  }

  private static Counted one(Target user, CountingTools tools) {
    int rooms = tools.lists().items(user.number(), AuditRoomsContract.ROOMS, null, 1_000).size();
    return rooms == 0
        ? Counted.leftOut(user.number(), "is in no room")
        : Counted.one(Numbers.of("rooms", rooms));
  }
}
