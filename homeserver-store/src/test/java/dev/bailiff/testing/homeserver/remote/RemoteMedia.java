package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
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
import dev.bailiff.homeserver.media.MediaUri;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.remote.RemoteServer.Medium;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Media of the remote server. All media of a scope are one range. */
record RemoteMedia(RemoteServer server, RemoteCalls calls) implements MediaPort {
  @Override
  public MediaPage avatarMedia(@Nullable Cursor after, int size) {
    return calls.read(() -> new MediaPage(List.copyOf(server.avatars), null));
  }

  @Override
  public RangePage mediaRanges(MediaScope scope, @Nullable Cursor after, int size) {
    return calls.read(
        () -> {
          int items = media(scope).size();
          MediaSweep sweep = scope.sweep();
          String token =
              sweep == null
                  ? String.valueOf(scope.user())
                  : "* " + sweep.beforeAt() + " " + sweep.largerThan();
          return new RangePage(items == 0 ? List.of() : List.of(new Range(token, items)), null);
        });
  }

  @Override
  public MediaPage media(Range range, @Nullable Cursor after, int size) {
    String[] token = range.value().split(" ");
    MediaScope scope =
        token.length == 1
            ? MediaScope.of(token[0])
            : MediaScope.of(new MediaSweep(Long.parseLong(token[1]), Long.parseLong(token[2])));
    return calls.read(
        () -> {
          List<String> ids =
              media(scope).stream()
                  .filter(id -> after == null || id.compareTo(after.value()) > 0)
                  .limit(size)
                  .toList();
          return new MediaPage(ids, ids.size() < size ? null : new Cursor(ids.get(ids.size() - 1)));
        });
  }

  @Override
  public BatchOutcome deleteMedia(MediaDeletion deletion, BatchCommit commit) {
    return calls.each(
        commit,
        deletion.media(),
        MediaItem::id,
        MediaDeletion::placeBehind,
        item -> {
          Medium medium = server.media.get(id(item.id()));
          MediaSweep sweep = deletion.sweep();
          boolean wanted = medium != null && (sweep == null || isIn(MediaScope.of(sweep), medium));
          if (!wanted) {
            return BatchOutcome.of(0, 1, null);
          }
          server.media.remove(id(item.id()));
          return new BatchOutcome(
              1,
              0,
              List.of(),
              List.of(new ListEntry(item.target(), "deleted_media", item.id())),
              List.of(),
              null,
              null);
        });
  }

  /** Nothing but the events of their owners shows any file. */
  @Override
  public ShownFiles usedMedia(@Nullable Cursor after, int size) {
    return calls.read(() -> new ShownFiles(List.of(), null));
  }

  @Override
  public MediaLeft mediaLeft(List<String> ids) {
    return calls.read(
        () ->
            new MediaLeft(
                calls.first(ids).stream()
                    .filter(name -> server.media.containsKey(id(name)))
                    .toList(),
                calls.first(ids).size()));
  }

  private static String id(String name) {
    return MediaUri.of(name, Community.SERVER).id();
  }

  /** Media of a scope, in the order of their ids. */
  private List<String> media(MediaScope scope) {
    return server.media.entrySet().stream()
        .filter(entry -> isIn(scope, entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isIn(MediaScope scope, Medium medium) {
    MediaSweep sweep = scope.sweep();
    return sweep == null
        ? medium.user().equals(scope.user())
        : !medium.spared()
            && medium.length() > sweep.largerThan()
            && medium.lastUsed() < sweep.beforeAt();
  }
}
