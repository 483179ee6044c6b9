package dev.bailiff.homeserver.store.media;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaId;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.homeserver.media.MediaSweep;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Deletes media for good (admin-api 4.14). Files are deleted while their records are locked, and
 * before the records are deleted. A crash in between leaves records without files, which the next
 * owner of the segment deletes as if the files were there; the other order would leave files
 * without a record.
 */
final class MediaDeletions {

  private final Handle handle;
  private final MediaFiles files;
  private final MediaDeletion deletion;

  private final List<Failure> failures = new ArrayList<>();
  private final List<ListEntry> listEntries = new ArrayList<>();
  private final List<String> gone = new ArrayList<>();

  MediaDeletions(Handle handle, MediaFiles files, MediaDeletion deletion) {
    this.handle = handle;
    this.files = files;
    this.deletion = deletion;
  }

  BatchOutcome run() {
    // A target may name a medium by its id, and another target by its user.
    Map<String, List<MediaItem>> items =
        deletion.media().stream().collect(Collectors.groupingBy(MediaItem::id));
    for (String id : lock(List.copyOf(items.keySet()), deletion.sweep())) {
      deleteFiles(id, items.getOrDefault(id, List.of()));
    }
    for (String statement : List.of(MediaSql.DELETE_THUMBNAILS, MediaSql.DELETE)) {
      handle.createUpdate(statement).bindArray("ids", String.class, gone).execute();
    }
    long skipped = deletion.media().size() - gone.size() - failures.size();
    return new BatchOutcome(gone.size(), skipped, failures, listEntries, List.of(), null, null);
  }

  private List<String> lock(List<String> ids, @Nullable MediaSweep sweep) {
    Query query =
        handle
            .createQuery(sweep == null ? MediaSql.LOCK_ANY : MediaSql.LOCK_SWEPT)
            .bindArray("ids", String.class, ids);
    if (sweep != null) {
      query.bind("beforeAt", sweep.beforeAt()).bind("largerThan", sweep.largerThan());
    }
    return query.mapTo(String.class).list();
  }

  private void deleteFiles(String id, List<MediaItem> items) {
    try {
      // A record may have an id under which no file can be stored.
      if (MediaId.isValid(id)) {
        files.delete(id);
      }
      gone.add(id);
      listEntries.add(new ListEntry(items.get(0).target(), "deleted_media", id));
    } catch (UncheckedIOException e) {
      String text = "its files cannot be removed: " + reason(e);
      items.forEach(
          item -> failures.add(new Failure(id, item.target(), false, 500, "M_UNKNOWN", text)));
    }
  }

  /** The reason without the path, which only concerns the operator. */
  private static String reason(UncheckedIOException e) {
    Throwable cause = e.getCause();
    if (cause instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getReason();
    }
    return (cause == null ? e : cause).getClass().getSimpleName();
  }
}
