package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.media.MediaPage;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the media that are in use as avatars, before anything of a selection is deleted. Walks once
 * over accounts, members and rooms, page by page. The list is a set, so a page that comes twice
 * adds nothing. The listed media are not media of the job and are not counted.
 */
final class KeepProfilesStage implements Stage {
  private final StageServices services;
  private final AvatarKeepList profiles;

  KeepProfilesStage(StageServices services) {
    this.services = services;
    this.profiles = new AvatarKeepList(services.targets());
  }

  @Override
  public String name() {
    return "keep-profiles";
  }

  /** The size is fixed: the engine learns sizes from counts, and nothing is counted here. */
  @Override
  public Batches batches() {
    return new Batches(2000, 2000);
  }

  /** Looks at the first target only: {@code *} sorts before all other targets. */
  @Override
  public PlanPage plan(StageContext context, @Nullable Cursor after) {
    var first = services.open(context.id(), 0, 1, 1);
    return MediaSelection.of(context).keepsProfiles()
            && first.stream().anyMatch(t -> MediaSelection.isAll(t.id()))
        ? new PlanPage(List.of(new Range("avatars", 0)), List.of(), null)
        : PlanPage.EMPTY;
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    MediaPage page = services.homeserver().media().avatarMedia(after, size);
    profiles.add(context, 0, page.ids());
    var facts =
        page.next() == null
            ? List.of(new Fact(0, AvatarKeepList.COMPLETE, "true"))
            : List.<Fact>of();
    return commit.record(new BatchOutcome(0, 0, List.of(), List.of(), facts, page.next(), null));
  }

  /** Fails the target: nothing may be deleted without the whole list. */
  @Override
  public Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size) {
    return new Remaining(List.of(new Item(0, "avatars", 1, true)), null);
  }
}
