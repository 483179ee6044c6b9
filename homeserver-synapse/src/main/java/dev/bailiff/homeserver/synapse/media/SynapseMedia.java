package dev.bailiff.homeserver.synapse.media;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.homeserver.media.MediaLeft;
import dev.bailiff.homeserver.media.MediaPage;
import dev.bailiff.homeserver.media.MediaPort;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.homeserver.media.MediaSweeping;
import dev.bailiff.homeserver.media.MediaUri;
import dev.bailiff.homeserver.synapse.api.MediaCalls;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.homeserver.synapse.batch.ListBatches;
import dev.bailiff.homeserver.synapse.batch.Settlement;
import dev.bailiff.homeserver.synapse.pace.PacedCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Deletes media: those of one user by pages of Synapse's own call, what these leave and all others
 * one by one, media by age by Synapse's own sweep, slice by slice.
 */
public final class SynapseMedia implements MediaPort {
  private static final int PARALLEL = 4;
  private static final String BY_AGE_ONLY =
      "Synapse deletes its copies of media of other servers by their age only";

  /** The one range of a sweep, of which no media can be listed. */
  private static final String SWEEP = "sweep";

  private final UserCalls users;
  private final MediaCalls media;
  private final ItemCalls calls;
  private final Supplier<String> serverName;
  private final Sweeps sweeps;
  private final OwnedMedia owned;
  private final @Nullable MediaUses uses;

  /**
   * @param uses tells what shows a file; null if Synapse's database may not be asked
   */
  public SynapseMedia(
      UserCalls users,
      MediaCalls media,
      ItemCalls calls,
      Supplier<String> serverName,
      @Nullable MediaUses uses) {
    this.uses = uses;
    this.users = users;
    this.media = media;
    this.calls = calls;
    this.serverName = serverName;
    this.sweeps = new Sweeps(media);
    this.owned = new OwnedMedia(users, calls);
  }

  /** Synapse's sweep keeps avatars itself. */
  @Override
  public MediaPage avatarMedia(@Nullable Cursor after, int size) {
    return new MediaPage(List.of(), null);
  }

  /** All media of a user are one range: its batches delete pages of one list. */
  @Override
  public RangePage mediaRanges(MediaScope scope, @Nullable Cursor after, int size) {
    var user = scope.user();
    return new RangePage(
        user == null
            ? List.of(new Range(SWEEP, 1))
            : OwnedMedia.range(users, user).map(List::of).orElse(List.of()),
        null);
  }

  @Override
  public MediaPage media(Range range, @Nullable Cursor after, int size) {
    return range.value().equals(SWEEP)
        ? new MediaPage(List.of(), null)
        : OwnedMedia.page(users, range, after, size);
  }

  /**
   * Deletes media, some at a time. Deletions of one medium take turns: side by side, Synapse
   * answers to both of them that they deleted it.
   */
  @Override
  public BatchOutcome deleteMedia(MediaDeletion deletion, BatchCommit commit) {
    commit.fence();
    var items = deletion.media();
    var deleted = owned.delete(deletion, commit);
    var turns = new ConcurrentHashMap<MediaUri, Object>();
    var prefix =
        calls.settle(
            "delete medium",
            items,
            PARALLEL,
            false,
            commit,
            item -> new ItemCalls.Name(item.id(), item.target()),
            (item, paced) -> {
              if (deleted.remove(medium(item.id()).id())) {
                return done(item);
              }
              synchronized (turns.computeIfAbsent(medium(item.id()), any -> new Object())) {
                return delete(item, deletion.sweep(), paced);
              }
            });
    int settled = prefix.settled().size();
    return commit.record(
        ListBatches.outcome(
            prefix, settled == items.size() ? null : MediaDeletion.placeBehind(settled)));
  }

  private Settlement delete(MediaItem item, @Nullable MediaSweep sweep, PacedCalls paced) {
    var medium = medium(item.id());
    if (!medium.server().equals(serverName.get())) {
      return Settlement.failed(
          new Failure(item.id(), item.target(), false, 400, "M_INVALID_PARAM", BY_AGE_ONLY));
    }
    if (sweep != null && !media.isIn(medium.server(), medium.id(), sweep)) {
      return Settlement.skipped();
    }
    var answer = paced.send(() -> media.delete(medium.server(), medium.id()));
    if (answer.isNotFound()) {
      return Settlement.skipped();
    }
    return answer.orThrow().path("total").asInt() == 0
        ? Settlement.failed(
            new Failure(
                item.id(), item.target(), false, 500, "M_UNKNOWN", "the file cannot be removed"))
        : done(item);
  }

  private static Settlement done(MediaItem item) {
    return new Settlement.Done(
        List.of(), List.of(new ListEntry(item.target(), "deleted_media", item.id())));
  }

  @Override
  public BatchOutcome sweepMedia(MediaSweeping sweeping, BatchCommit commit) {
    return sweeps.sweep(sweeping, commit);
  }

  @Override
  public ShownFiles usedMedia(@Nullable Cursor after, int size) {
    return uses == null ? MediaPort.super.usedMedia(after, size) : uses.used(after, size);
  }

  @Override
  public MediaLeft mediaLeft(List<String> ids) {
    var exist = calls.readFirst(ids, PARALLEL, this::exists);
    var left = new ArrayList<String>();
    for (int n = 0; n < exist.size(); n++) {
      if (exist.get(n)) {
        left.add(ids.get(n));
      }
    }
    return new MediaLeft(left, exist.size());
  }

  private MediaUri medium(String id) {
    return MediaUri.of(id, serverName.get());
  }

  private boolean exists(String id) {
    var medium = medium(id);
    return media.exists(medium.server(), medium.id());
  }
}
