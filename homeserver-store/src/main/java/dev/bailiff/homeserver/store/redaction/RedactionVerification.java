package dev.bailiff.homeserver.store.redaction;

import dev.bailiff.homeserver.redaction.EventsLeft;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.EventSql;
import dev.bailiff.homeserver.store.event.RedactionRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Counts candidates that should be redacted and are not; each statement covers all rooms of a
 * scope. A candidate without a redaction and without content to redact is no left-over: a purge of
 * history deletes redactions and keeps the emptied memberships that they redacted. A statement
 * looks at {@value #PAGE_EVENTS} candidates at most, the same number in each room; rooms with more
 * candidates go on in the next statement, with larger shares.
 */
final class RedactionVerification {

  /** Takes well under a second, and little memory even if none of the candidates is redacted. */
  private static final long PAGE_EVENTS = 50_000;

  private final Handle handle;
  private final RedactionScope scope;
  private final long pageEvents;

  RedactionVerification(Handle handle, RedactionScope scope) {
    this(handle, scope, PAGE_EVENTS);
  }

  RedactionVerification(Handle handle, RedactionScope scope, long pageEvents) {
    this.handle = handle;
    this.scope = scope;
    this.pageEvents = pageEvents;
  }

  /**
   * A room in which candidates are left to look at.
   *
   * @param below only events that arrived before this one
   * @param remaining candidates that the limit still allows
   */
  private record OpenRoom(String id, long below, long remaining) {}

  /**
   * A candidate without redaction, or the last candidate that was looked at in its room.
   *
   * @param place of the room in the statement, from 1
   * @param items candidates of the room that were looked at
   */
  private record Row(
      int place,
      long streamOrdering,
      long items,
      String type,
      @Nullable String content,
      boolean unredacted,
      @Nullable String roomVersion) {}

  EventsLeft run() {
    long limit = scope.limit() == null ? Long.MAX_VALUE : scope.limit();
    List<OpenRoom> open =
        scope.rooms().stream().map(room -> new OpenRoom(room, Long.MAX_VALUE, limit)).toList();
    long left = 0;
    while (!open.isEmpty()) {
      long share = Math.max(1, pageEvents / open.size());
      List<Row> rows = look(open, share);
      left += rows.stream().filter(RedactionVerification::isLeft).count();
      open = unfinished(open, share, rows);
    }
    return new EventsLeft(left, null);
  }

  private static boolean isLeft(Row row) {
    return row.unredacted
        && RedactionPlan.isCandidate(row.type, row.content)
        && (row.content == null || saysMore(row, row.content));
  }

  private static boolean saysMore(Row row, String content) {
    int version = RedactionRules.number(row.roomVersion == null ? "" : row.roomVersion);
    String kept = RedactionRules.content(version, row.type, content);
    return !EventJson.parse(kept).equals(EventJson.parse(content));
  }

  private List<Row> look(List<OpenRoom> open, long share) {
    return RedactionPlan.bind(handle.createQuery(EventSql.UNREDACTED), scope.conditions())
        .bind("user", scope.user().id())
        .bindArray("rooms", String.class, open.stream().map(OpenRoom::id).toArray())
        .bindArray("below", Long.class, open.stream().map(OpenRoom::below).toArray())
        .bindArray("share", Long.class, open.stream().map(room -> asked(room, share)).toArray())
        .bind("afterAt", scope.conditions().afterAt())
        .bind("beforeAt", scope.conditions().beforeAt())
        .map(
            (rs, ctx) ->
                new Row(
                    rs.getInt("place"),
                    rs.getLong("stream_ordering"),
                    rs.getLong("items"),
                    rs.getString("type"),
                    rs.getString("content"),
                    rs.getBoolean("unredacted"),
                    rs.getString("room_version")))
        .list();
  }

  private static long asked(OpenRoom room, long share) {
    return Math.min(room.remaining, share);
  }

  private static List<OpenRoom> unfinished(List<OpenRoom> open, long share, List<Row> rows) {
    Map<Integer, Row> lasts = new HashMap<>();
    for (Row row : rows) {
      lasts.merge(row.place, row, (a, b) -> a.streamOrdering < b.streamOrdering ? a : b);
    }
    List<OpenRoom> unfinished = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      OpenRoom room = open.get(i);
      Row last = lasts.get(i + 1);
      if (last != null && last.items == asked(room, share) && last.items < room.remaining) {
        unfinished.add(new OpenRoom(room.id, last.streamOrdering, room.remaining - last.items));
      }
    }
    return unfinished;
  }
}
