package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the media. A segment is about {@value #SEGMENT_ITEMS} media, of one user or of many users
 * with few media. A medium that is gone is skipped, so a batch that comes twice deletes and lists
 * nothing twice. A medium that cannot be deleted stays and is listed as failed; the batch goes on
 * with the others.
 */
final class DeleteStage implements Stage {
  private static final int SEGMENT_ITEMS = 200;

  private final StageServices services;
  private final MediaParts parts;
  private final AvatarKeepList profiles;

  DeleteStage(StageServices services) {
    this.services = services;
    this.parts = new MediaParts(services);
    this.profiles = new AvatarKeepList(services.targets());
  }

  @Override
  public String name() {
    return "delete";
  }

  /**
   * The files of a batch are deleted within its transaction. Even on slow storage that takes only a
   * few seconds.
   */
  @Override
  public Batches batches() {
    return new Batches(100, SEGMENT_ITEMS);
  }

  @Override
  public PlanPage plan(StageContext context, @Nullable Cursor after) {
    return new MediaPlan(services, context, SEGMENT_ITEMS).page(after);
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    var sweep = RemoteSweep.at(range, after);
    if (sweep.isPresent() && services.homeserver().traits().sweepsMedia()) {
      return sweep.get().work(services.homeserver().media(), MediaSelection.of(context), commit);
    }
    var batch = parts.batch(context, range, after, size);
    var wanted = wanted(context, batch);
    var settled = commit.map(new Settling(after, batch, wanted));
    if (wanted.isEmpty()) {
      return settled.record(BatchOutcome.of(0, 0, null));
    }
    var condition = batch.swept() ? MediaSelection.of(context).sweep() : null;
    return services
        .homeserver()
        .media()
        .deleteMedia(new MediaDeletion(wanted, condition, batch.page()), settled);
  }

  /** The media of the batch without the avatars that a sweep keeps. */
  private List<MediaItem> wanted(StageContext context, MediaBatch batch) {
    if (!batch.swept() || batch.items().isEmpty() || !MediaSelection.of(context).keepsProfiles()) {
      return batch.items();
    }
    var kept =
        profiles.among(
            context,
            batch.items().get(0).target(),
            batch.items().stream().map(MediaItem::id).toList());
    return batch.items().stream().filter(item -> !kept.contains(item.id())).toList();
  }

  @Override
  public Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size) {
    var batch = parts.batch(context, range, after, size);
    return new Remaining(
        wanted(context, batch).stream()
            .map(item -> new Item(item.target(), item.id(), 1, false))
            .toList(),
        batch.next());
  }

  /**
   * Turns the homeserver's outcome for the media into the outcome of the segment.
   *
   * @param here where the batch began; it comes again from there if none of its media was settled
   * @param wanted media that the homeserver was asked to delete; the others are kept, or gone since
   *     the plan
   */
  private record Settling(@Nullable Cursor here, MediaBatch batch, List<MediaItem> wanted)
      implements UnaryOperator<BatchOutcome> {

    @Override
    public BatchOutcome apply(BatchOutcome outcome) {
      var left = outcome.next();
      if (left == null && outcome.snooze() != null) {
        return outcome.withNext(here);
      }
      if (left != null && here != null && MediaDeletion.settledAt(left) == 0) {
        return outcome.withNext(here);
      }
      long notAsked = batch.items().size() - wanted.size() + batch.missing();
      return new BatchOutcome(
          outcome.done(),
          outcome.skipped() + notAsked,
          outcome.failures(),
          outcome.listEntries(),
          outcome.facts(),
          left == null ? batch.next() : batch.nextAt(from(left)),
          outcome.snooze(),
          outcome.effects());
    }

    private List<MediaItem> from(Cursor place) {
      return wanted.subList(MediaDeletion.settledAt(place), wanted.size());
    }
  }
}
