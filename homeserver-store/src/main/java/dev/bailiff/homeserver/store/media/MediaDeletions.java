package dev.bailiff.homeserver.store.media;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaId;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.homeserver.media.MediaUri;
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
  private static final String IN_QUARANTINE =
      "the copy is in quarantine: without its record it could be fetched again";

  private final Handle handle;
  private final MediaFiles files;
  private final String server;
  private final MediaDeletion deletion;

  private final List<Failure> failures = new ArrayList<>();
  private final List<ListEntry> listEntries = new ArrayList<>();
  private final List<String> gone = new ArrayList<>();
  private final List<MediaUri> goneCopies = new ArrayList<>();

  MediaDeletions(Handle handle, MediaFiles files, String server, MediaDeletion deletion) {
    this.handle = handle;
    this.files = files;
    this.server = server;
    this.deletion = deletion;
  }

  BatchOutcome run() {
    // A target may name a medium by its id, and another target by its user.
    Map<MediaUri, List<MediaItem>> items =
        deletion.media().stream()
            .collect(Collectors.groupingBy(item -> MediaUri.of(item.id(), server)));
    List<String> own = new ArrayList<>();
    List<MediaUri> copies = new ArrayList<>();
    for (MediaUri medium : items.keySet()) {
      if (medium.server().equals(server)) {
        own.add(medium.id());
      } else {
        copies.add(medium);
      }
    }
    for (String id : lock(own, deletion.sweep())) {
      deleteFiles(id, items.getOrDefault(new MediaUri(server, id), List.of()));
    }
    if (!copies.isEmpty()) {
      deleteCopies(copies, items);
    }
    for (String statement : List.of(MediaSql.DELETE_THUMBNAILS, MediaSql.DELETE)) {
      handle.createUpdate(statement).bindArray("ids", String.class, gone).execute();
    }
    int done = gone.size() + goneCopies.size();
    long skipped = deletion.media().size() - done - failures.size();
    return new BatchOutcome(done, skipped, failures, listEntries, List.of(), null, null);
  }

  /** Without its record, this server would fetch a medium again that is in quarantine. */
  private void deleteCopies(List<MediaUri> copies, Map<MediaUri, List<MediaItem>> items) {
    for (RemoteCopies.Locked copy : RemoteCopies.of(handle, copies).lock()) {
      List<MediaItem> asked = items.getOrDefault(copy.medium(), List.of());
      if (copy.quarantined() && deletion.sweep() != null) {
        continue; // it does not meet the condition any more
      }
      if (copy.quarantined()) {
        asked.forEach(item -> failures.add(failure(item, IN_QUARANTINE)));
      } else {
        goneCopies.add(copy.medium());
        listEntries.add(
            new ListEntry(asked.get(0).target(), "deleted_media", copy.medium().text()));
      }
    }
    RemoteCopies.of(handle, goneCopies).delete();
  }

  private static Failure failure(MediaItem item, String text) {
    return new Failure(item.id(), item.target(), false, 500, "M_UNKNOWN", text);
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
      items.forEach(item -> failures.add(failure(item, text)));
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
