package dev.bailiff.homeserver.synapse.media;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaPage;
import dev.bailiff.homeserver.media.OwnedPage;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.homeserver.synapse.batch.Settlement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All media of a user, from the newest to the oldest, deleted by Synapse's own call for a page of
 * the user's list.
 *
 * <p><b>Order:</b> Synapse pages by the number of rows, and each deletion moves those behind it.
 * From the newest on, what is older keeps its place. A batch ends where the one before it began, by
 * the time of upload and the id, so what was uploaded since the plan or could not be deleted is in
 * no batch again. No two segments work the same list.
 *
 * <p><b>Repetition:</b> a batch that comes again lists what is left of it.
 *
 * <p><b>Neighbours:</b> if somebody else deletes or uploads media of the user between the list and
 * the calls, these calls take as many neighbours of the batch. A neighbour is the user's own: an
 * older one is deleted by this job in any case, and is then found gone.
 */
record OwnedMedia(UserCalls users, ItemCalls calls) {
  private static final String ORDER = "created_ts";

  /** From so many media on, a batch is worth a call for a page. */
  private static final int WORTH_A_PAGE = 4;

  /**
   * A medium in the order of Synapse's list.
   *
   * @param at when it was uploaded, ms since the epoch
   */
  record Key(long at, String id) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::at).thenComparing(Key::id);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * The media of a user at the time of the plan.
   *
   * @param newestAt when the newest of them was uploaded, ms since the epoch
   */
  record Owned(String user, long count, long newestAt) {}

  /**
   * Where a range goes on.
   *
   * @param end number of media from the oldest on that may be left
   * @param before the oldest medium that was seen; null at the start
   */
  record Place(long end, @Nullable Key before) {}

  /** A page of the list, asked for from the older or from the newer end. */
  private record Page(boolean newest, long from, long limit) {}

  /** The range of all media of a user; empty if there are none. */
  static Optional<Range> range(UserCalls users, String user) {
    var newest = users.media(user, ORDER, true, 0, 1);
    return newest.ids().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Range(
                CursorJson.text(new Owned(user, newest.total(), newest.createdAt().get(0))),
                newest.total()));
  }

  /** The next media of a range, newest first. */
  static MediaPage page(UserCalls users, Range range, @Nullable Cursor after, int size) {
    var owned = CursorJson.read(range.value(), Owned.class);
    var place =
        after == null
            ? new Place(owned.count(), null)
            : CursorJson.read(after.value(), Place.class);
    long from = Math.max(0, place.end() - size);
    var before = place.before();
    var page = users.media(owned.user(), ORDER, false, from, place.end() - from);
    var keys =
        keys(page).stream()
            .filter(
                key -> before == null ? key.at() <= owned.newestAt() : key.compareTo(before) < 0)
            .sorted(Comparator.reverseOrder())
            .toList();
    var last = keys.isEmpty() ? before : keys.get(keys.size() - 1);
    return new MediaPage(
        keys.stream().map(Key::id).toList(),
        from == 0 ? null : CursorJson.cursor(new Place(from, last)),
        new OwnedPage(owned.user(), from, Math.max(0, page.total() - from - keys.size())));
  }

  private static List<Key> keys(UserCalls.Ids page) {
    var keys = new ArrayList<Key>();
    for (int n = 0; n < page.ids().size(); n++) {
      keys.add(new Key(page.createdAt().get(n), page.ids().get(n)));
    }
    return keys;
  }

  /**
   * Deletes the media of a batch by calls for pages, if they are a page. A call that fails is
   * nobody's failure: what it left is deleted one by one.
   *
   * @return the ids that Synapse says it deleted, of this batch or not; to be changed by the caller
   */
  Set<String> delete(MediaDeletion deletion, BatchCommit commit) {
    Set<String> deleted = ConcurrentHashMap.newKeySet();
    var owned = deletion.page();
    int size = deletion.media().size();
    if (owned == null || deletion.sweep() != null || size < WORTH_A_PAGE) {
      return deleted;
    }
    var pages = pages(size, owned);
    calls.settle(
        "delete media of user",
        pages,
        pages.size(),
        false,
        commit,
        page -> new ItemCalls.Name(owned.user(), deletion.media().get(0).target()),
        (page, paced) -> {
          var answer =
              paced.send(
                  () -> users.deleteMedia(owned.user(), page.newest(), page.from(), page.limit()));
          answer.orThrow().path("deleted_media").forEach(id -> deleted.add(id.asText()));
          return Settlement.done();
        });
    return deleted;
  }

  /**
   * The newer and the older half of a page, each counted from its own end of the list. Neither call
   * moves what the other one takes, whichever is first; a third call would be moved.
   */
  private static List<Page> pages(long size, OwnedPage owned) {
    long half = size / 2;
    return List.of(
        new Page(true, owned.newer(), size - half), new Page(false, owned.older(), half));
  }
}
