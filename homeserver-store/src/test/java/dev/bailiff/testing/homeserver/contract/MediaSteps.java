package dev.bailiff.testing.homeserver.contract;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.homeserver.media.MediaPage;
import dev.bailiff.homeserver.media.MediaPort;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.testing.homeserver.BatchDriver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps of {@code delete-media}, each worked to its end. */
public record MediaSteps(MediaPort port) {

  public List<Range> ranges(MediaScope scope, int size) {
    return Ranges.of(cursor -> port.mediaRanges(scope, cursor, size));
  }

  /** All media of a scope. */
  public List<MediaItem> media(MediaScope scope) {
    return media(ranges(scope, 7));
  }

  /** All media of the ranges, read in small pages. */
  public List<MediaItem> media(List<Range> ranges) {
    List<MediaItem> media = new ArrayList<>();
    for (Range range : ranges) {
      Cursor cursor = null;
      do {
        MediaPage page = port.media(range, cursor, 2);
        page.ids().forEach(id -> media.add(new MediaItem(0, id)));
        cursor = page.next();
      } while (cursor != null);
    }
    return media;
  }

  /** All media in use as avatars. */
  public Set<String> avatars() {
    Set<String> avatars = new HashSet<>();
    Cursor cursor = null;
    do {
      MediaPage page = port.avatarMedia(cursor, 50);
      avatars.addAll(page.ids());
      cursor = page.next();
    } while (cursor != null);
    return avatars;
  }

  /** Deletes media; of a sweep, those that it still selects. */
  public BatchDriver.Total delete(List<MediaItem> media, @Nullable MediaSweep sweep) {
    return BatchDriver.run(
        (cursor, commit) -> port.deleteMedia(new MediaDeletion(media, sweep), commit));
  }

  static List<String> ids(List<MediaItem> media) {
    return media.stream().map(MediaItem::id).toList();
  }
}
