package dev.bailiff.worker.kind.redaction;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.worker.kind.NoteMediaStage;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageJson;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import org.jspecify.annotations.Nullable;

/** Lists the media that the events show which are about to be redacted. */
final class NoteRedactedMediaStage extends NoteMediaStage {
  private static final int ROOMS_A_PAGE = 100;
  private static final int EVENTS = 5_000;

  private final ScopePages scopes;

  NoteRedactedMediaStage(StageServices services) {
    super(services);
    this.scopes = new ScopePages(services.targets(), ROOMS_A_PAGE);
  }

  static boolean isWanted(StageContext context) {
    return context.parametersAs(RedactEventsParameters.class).deletesShownMedia();
  }

  @Override
  protected boolean wanted(StageContext context) {
    return isWanted(context);
  }

  /**
   * A place in a user's rooms.
   *
   * @param afterRoom the room before the page of rooms; null for the first page
   * @param inRooms the homeserver's place in that page; null for its start
   */
  private record Place(@Nullable String afterRoom, @Nullable String inRooms) {}

  @Override
  protected ShownFiles shown(StageContext context, OpenTarget user, @Nullable String within) {
    var place = within == null ? new Place(null, null) : StageJson.read(within, Place.class);
    var page = scopes.page(context, TargetPage.asTarget(user), place.afterRoom());
    var inRooms = place.inRooms();
    var shown =
        services()
            .homeserver()
            .redaction()
            .shownFiles(page.scope(), inRooms == null ? null : new Cursor(inRooms), EVENTS);
    var next = shown.next();
    if (next != null) {
      return new ShownFiles(shown.uris(), cursor(new Place(place.afterRoom(), next.value())));
    }
    return new ShownFiles(
        shown.uris(), page.next() == null ? null : cursor(new Place(page.next(), null)));
  }

  private static Cursor cursor(Place place) {
    return new Cursor(StageJson.write(place));
  }
}
