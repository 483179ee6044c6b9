package dev.bailiff.worker.kind.deactivation;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.job.store.TargetSpan;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the rooms that the users have joined. A segment is a span of users, an item is a room. A
 * user is no longer joined to a room that was left, so a batch that comes twice finds nothing to
 * do.
 */
final class LeaveRoomsStage implements Stage {
  private static final int USERS = 200;
  private static final int SPANS_A_PAGE = 20;

  private final StageServices services;

  LeaveRoomsStage(StageServices services) {
    this.services = services;
  }

  @Override
  public String name() {
    return "leave-rooms";
  }

  @Override
  public Batches batches() {
    return new Batches(100, 2000);
  }

  @Override
  public PlanPage plan(StageContext context, @Nullable Cursor after) {
    int from = after == null ? 0 : Integer.parseInt(after.value());
    int count = context.job().targetCount();
    var spans = new ArrayList<Range>();
    for (int n = 0;
        n < SPANS_A_PAGE && from < count && (n == 0 || !context.deadline().isOver());
        n++) {
      var users = users(context, from, Math.min(count, from + USERS), USERS);
      var joined =
          users.isEmpty()
              ? List.<Long>of()
              : services.homeserver().deactivation().joinedRooms(users);
      // Users whom the homeserver did not get to begin the next span.
      int to =
          joined.size() < users.size()
              ? users.get(joined.size()).number()
              : Math.min(count, from + USERS);
      long rooms = joined.stream().mapToLong(Long::longValue).sum();
      if (rooms > 0) {
        spans.add(new Range(TargetSpan.of(from, to), rooms));
      }
      from = to;
    }
    return new PlanPage(spans, List.of(), from < count ? new Cursor(Integer.toString(from)) : null);
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    var span = TargetSpan.parse(range);
    return services
        .homeserver()
        .deactivation()
        .leaveRooms(
            new RoomParting(users(context, span.from(), span.to(), USERS), after, size), commit);
  }

  @Override
  public Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size) {
    var span = TargetSpan.parse(range);
    var users = users(context, span.from(), span.to(), USERS);
    var items = new ArrayList<Item>();
    int asked = 0;
    // Rooms of users who are not asked for in time are given up without a name.
    while (asked < users.size() && (asked == 0 || !context.deadline().isOver())) {
      var rest = users.subList(asked, users.size());
      var rooms = services.homeserver().deactivation().joinedRooms(rest);
      for (int n = 0; n < rooms.size(); n++) {
        if (rooms.get(n) > 0) {
          items.add(new Item(rest.get(n).number(), rest.get(n).id(), rooms.get(n), false));
        }
      }
      asked += rooms.size();
    }
    return new Remaining(items, null);
  }

  private List<Target> users(StageContext context, int from, int to, int limit) {
    return services.open(context.id(), from, to, limit).stream()
        .map(target -> new Target(target.number(), target.id()))
        .toList();
  }
}
