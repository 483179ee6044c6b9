package dev.bailiff.worker.kind.redaction;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.worker.kind.RangePacker;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageJson;
import dev.bailiff.worker.kind.StageServices;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Redacts the events. A segment is a list of ranges with about {@value #SEGMENT_ITEMS} candidates,
 * of one user or of many users with few events. A candidate that is already redacted is skipped, so
 * a batch that comes twice redacts nothing twice.
 */
final class RedactStage implements Stage {
  private static final int SEGMENT_ITEMS = 5000;
  private static final int ROOMS_A_PAGE = 100;
  private static final int TARGETS_A_PAGE = 50;
  private static final int LOOKUPS_A_PAGE = 100;

  /**
   * Each lookup is a statement of about a millisecond, so planning a page takes far less than a
   * lease.
   */
  private static final int ROOM_LOOKUPS_A_PAGE = 1000;

  private final StageServices services;
  private final ScopePages scopes;

  RedactStage(StageServices services) {
    this.services = services;
    this.scopes = new ScopePages(services.targets(), ROOMS_A_PAGE);
  }

  @Override
  public String name() {
    return "redact";
  }

  @Override
  public Batches batches() {
    return new Batches(500, 5000);
  }

  @Override
  public boolean groupsCommits() {
    return true;
  }

  /** Where planning goes on: at a user, after a room, inside a room. */
  private record PlanCursor(int target, @Nullable String afterRoom, @Nullable String within) {}

  @Override
  public PlanPage plan(StageContext context, @Nullable Cursor after) {
    var place =
        after == null
            ? new PlanCursor(0, null, null)
            : StageJson.read(after.value(), PlanCursor.class);
    var packer = new RangePacker(SEGMENT_ITEMS);
    int lookups = 0;
    int roomLookups = 0;
    var users =
        services.open(context.id(), place.target(), context.job().targetCount(), TARGETS_A_PAGE);
    for (var user : users) {
      var at = user.number() == place.target() ? place : new PlanCursor(user.number(), null, null);
      var afterRoom = at.afterRoom();
      var within = at.within();
      var more = true;
      while (more) {
        if (lookups > 0 && context.deadline().isOver()
            || lookups++ >= LOOKUPS_A_PAGE
            || roomLookups >= ROOM_LOOKUPS_A_PAGE) {
          var next = new PlanCursor(user.number(), afterRoom, within);
          return packer.page(new Cursor(StageJson.write(next)));
        }
        var page = scopes.page(context, new Target(user.number(), user.id()), afterRoom);
        roomLookups += page.scope().rooms().size();
        var found =
            services
                .homeserver()
                .redaction()
                .redactionRanges(
                    page.scope(), within == null ? null : new Cursor(within), SEGMENT_ITEMS);
        found.ranges().forEach(packer::add);
        var next = found.next();
        within = next == null ? null : next.value();
        if (within == null) {
          afterRoom = page.next();
          more = afterRoom != null;
        }
      }
    }
    var last =
        users.isEmpty() ? context.job().targetCount() : users.get(users.size() - 1).number() + 1;
    boolean end = users.size() < TARGETS_A_PAGE;
    return packer.page(end ? null : new Cursor(StageJson.write(new PlanCursor(last, null, null))));
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    var parameters = context.parametersAs(RedactEventsParameters.class);
    return services
        .homeserver()
        .redaction()
        .redact(
            new Redaction(
                RangePacker.unpack(range),
                after,
                size,
                context.id().toString(),
                context.job().actingUser(),
                Boolean.TRUE.equals(parameters.useAdmin()),
                parameters.reason()),
            commit);
  }

  /**
   * Gives up the rest of a segment as one item for each range: an event that cannot be read has no
   * name.
   */
  @Override
  public Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size) {
    var items = new ArrayList<Item>();
    var redaction = services.homeserver().redaction();
    for (var part : RangePacker.unpack(range)) {
      items.add(new Item(redaction.targetOf(part), part.value(), part.items(), false));
    }
    return new Remaining(items, null);
  }
}
