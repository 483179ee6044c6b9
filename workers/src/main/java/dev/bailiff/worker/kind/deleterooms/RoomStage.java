package dev.bailiff.worker.kind.deleterooms;

import dev.bailiff.homeserver.Cursor;
import dev.bailiff.homeserver.ItemFailure;
import dev.bailiff.homeserver.Range;
import dev.bailiff.homeserver.RangePage;
import dev.bailiff.homeserver.Target;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stage whose segments are ranges inside the rooms: of members, of events. */
abstract class RoomStage implements Stage {
  private static final int ROOMS_A_PAGE = 50;
  private static final int SEGMENTS_A_PAGE = 100;

  private final String name;
  private final StageServices services;

  RoomStage(String name, StageServices services) {
    this.name = name;
    this.services = services;
  }

  @Override
  public final String name() {
    return name;
  }

  /** Whether the stage has anything to do in this job. */
  abstract boolean wanted(Choices choices);

  /** Rooms that this stage refuses; they get no segments. */
  List<ItemFailure> refused(Choices choices, List<Target> rooms) {
    return List.of();
  }

  /** A page of a room's ranges. */
  abstract RangePage ranges(Target room, @Nullable Cursor after);

  final StageServices services() {
    return services;
  }

  @Override
  public final PlanPage plan(StageContext context, @Nullable Cursor after) {
    var choices = Choices.of(context);
    if (!wanted(choices)) {
      return PlanPage.EMPTY;
    }
    var place = RoomRange.Place.of(after);
    var rooms =
        services
            .targets()
            .open(context.id(), place.target(), context.job().targetCount(), ROOMS_A_PAGE);
    var refused =
        place.within() == null ? refused(choices, targets(rooms)) : List.<ItemFailure>of();
    var segments = new ArrayList<Range>();
    for (var room : rooms) {
      if (refused.stream().anyMatch(failure -> failure.target() == room.number())) {
        continue;
      }
      var within = place.withinOf(room.number());
      do {
        if (segments.size() >= SEGMENTS_A_PAGE) {
          var next = new RoomRange.Place(room.number(), within == null ? null : within.value());
          return new PlanPage(segments, refused, next.asCursor());
        }
        var page = ranges(new Target(room.number(), room.id()), within);
        page.ranges().forEach(range -> segments.add(pack(room, range)));
        within = page.next();
      } while (within != null);
    }
    boolean end = rooms.size() < ROOMS_A_PAGE;
    int last = end ? 0 : rooms.get(rooms.size() - 1).number() + 1;
    return new PlanPage(segments, refused, end ? null : new RoomRange.Place(last, null).asCursor());
  }

  private static Range pack(OpenTarget room, Range range) {
    return RoomRange.pack(new Target(room.number(), room.id()), room.newRoom(), range);
  }

  private static List<Target> targets(List<OpenTarget> rooms) {
    return rooms.stream().map(room -> new Target(room.number(), room.id())).toList();
  }

  @Override
  public final Remaining remaining(
      StageContext context, String range, @Nullable Cursor after, int size) {
    var room = RoomRange.unpack(range);
    return new Remaining(
        List.of(new Item(room.target(), room.room(), Math.max(1, room.items()), true)), null);
  }
}
