package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stage whose segments are ranges inside the rooms: of members or of events. */
public abstract class RoomStage implements Stage {
  private static final String NEW_ROOM = "new_room_id";
  private static final int ROOMS_A_PAGE = 50;
  private static final int SEGMENTS_A_PAGE = 100;

  private final String name;
  private final StageServices services;

  protected RoomStage(String name, StageServices services) {
    this.name = name;
    this.services = services;
  }

  @Override
  public final String name() {
    return name;
  }

  /** Whether the stage has anything to do in this job. */
  protected boolean wanted(StageContext context) {
    return true;
  }

  /** The failures of rooms that this stage refuses; these rooms get no segments. */
  protected List<Failure> refused(StageContext context, List<Target> rooms) {
    return List.of();
  }

  /** A page of a room's ranges. */
  protected abstract RangePage ranges(
      StageContext context, OpenTarget room, @Nullable Cursor after);

  /** The services that the stage works with. */
  protected final StageServices services() {
    return services;
  }

  @Override
  public final PlanPage plan(StageContext context, @Nullable Cursor after) {
    if (!wanted(context)) {
      return PlanPage.EMPTY;
    }
    var place = RoomRange.RoomCursor.of(after);
    var rooms =
        services.open(context.id(), place.target(), context.job().targetCount(), ROOMS_A_PAGE);
    // A partly planned room passed this check before its first range.
    var begun = rooms.stream().filter(room -> place.withinOf(room.number()) == null).toList();
    var refused = begun.isEmpty() ? List.<Failure>of() : refused(context, targets(begun));
    var segments = new ArrayList<Range>();
    boolean asked = false;
    for (var room : rooms) {
      if (refused.stream().anyMatch(failure -> failure.target() == room.number())) {
        continue;
      }
      var within = place.withinOf(room.number());
      do {
        if (segments.size() >= SEGMENTS_A_PAGE || asked && context.deadline().isOver()) {
          var next =
              new RoomRange.RoomCursor(room.number(), within == null ? null : within.value());
          return new PlanPage(segments, before(refused, room), next.asCursor());
        }
        var page = ranges(context, room, within);
        asked = true;
        page.ranges().forEach(range -> segments.add(pack(room, range)));
        within = page.next();
      } while (within != null);
    }
    boolean end = rooms.size() < ROOMS_A_PAGE;
    int last = end ? 0 : rooms.get(rooms.size() - 1).number() + 1;
    return new PlanPage(
        segments, refused, end ? null : new RoomRange.RoomCursor(last, null).asCursor());
  }

  /**
   * The failures of rooms before this one. The next page checks the later rooms again, and their
   * failures must not be listed twice.
   */
  private static List<Failure> before(List<Failure> failures, OpenTarget room) {
    return failures.stream().filter(failure -> failure.target() < room.number()).toList();
  }

  private static Range pack(OpenTarget room, Range range) {
    return RoomRange.pack(asTarget(room), room.facts().get(NEW_ROOM), range);
  }

  private static List<Target> targets(List<OpenTarget> rooms) {
    return rooms.stream().map(RoomStage::asTarget).toList();
  }

  /** A target as the port names it. */
  protected static Target asTarget(OpenTarget room) {
    return new Target(room.number(), room.id());
  }

  @Override
  public final Remaining remaining(
      StageContext context, String range, @Nullable Cursor after, int size) {
    var room = RoomRange.unpack(range);
    return new Remaining(
        List.of(new Item(room.target(), room.room(), Math.max(1, room.items()), true)), null);
  }
}
