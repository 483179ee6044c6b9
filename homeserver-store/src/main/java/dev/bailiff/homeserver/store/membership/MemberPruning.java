package dev.bailiff.homeserver.store.membership;

import dev.bailiff.homeserver.store.event.EventSql;
import dev.bailiff.homeserver.store.event.Events;
import dev.bailiff.homeserver.store.event.RedactionRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Prunes users' membership events, at most {@value #MOST_EVENTS} in a batch: a user may have
 * changed their name a hundred thousand times in one room.
 */
public final class MemberPruning {

  /** A batch of this size takes well under a second. */
  public static final int MOST_EVENTS = 5_000;

  /** Subjects of one statement, which may have to prune {@value #MOST_EVENTS} events of each. */
  private static final int SUBJECTS = 100;

  private final Handle handle;
  private final Map<String, String> versions;
  private long stoppedAt = Long.MIN_VALUE;

  /**
   * @param versions versions of the rooms; the caller has locked the rooms for share
   */
  public MemberPruning(Handle handle, Map<String, String> versions) {
    this.handle = handle;
    this.versions = versions;
  }

  /**
   * A user in a room.
   *
   * @param index the caller's number for this subject
   * @param behind events up to this one are pruned already
   */
  public record Subject(int index, String user, String room, long behind) {}

  private record Found(
      Subject subject, long streamOrdering, String content, @Nullable String extra) {}

  /**
   * Prunes in the order given.
   *
   * @return the index of the first subject with events left to prune; empty if all are done
   */
  public OptionalInt run(List<Subject> subjects) {
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < subjects.size() && found.size() < MOST_EVENTS; i += SUBJECTS) {
      List<Subject> some = subjects.subList(i, Math.min(subjects.size(), i + SUBJECTS));
      found.addAll(find(some, MOST_EVENTS - found.size()));
    }
    Events.prune(handle, found.stream().map(this::pruned).sorted(KEY_ORDER).toList());
    if (found.size() < MOST_EVENTS) {
      return OptionalInt.empty();
    }
    Found last = found.get(found.size() - 1);
    stoppedAt = last.streamOrdering;
    return OptionalInt.of(last.subject.index);
  }

  /** The last pruned event of the subject that {@link #run} returned. */
  public long stoppedAt() {
    return stoppedAt;
  }

  private static final Comparator<Events.Pruned> KEY_ORDER =
      Comparator.comparing(Events.Pruned::roomId).thenComparing(Events.Pruned::streamOrdering);

  private List<Found> find(List<Subject> subjects, int limit) {
    return handle
        .createQuery(EventSql.MEMBER_EVENTS)
        .bindArray("users", String.class, subjects.stream().map(Subject::user).toArray())
        .bindArray("rooms", String.class, subjects.stream().map(Subject::room).toArray())
        .bindArray("behind", Long.class, subjects.stream().map(Subject::behind).toArray())
        .bind("limit", limit)
        .map(
            (rs, ctx) ->
                new Found(
                    subjects.get(rs.getInt("place") - 1),
                    rs.getLong("stream_ordering"),
                    rs.getString("content"),
                    rs.getString("extra")))
        .list();
  }

  private Events.Pruned pruned(Found found) {
    int version = RedactionRules.number(versions.getOrDefault(found.subject.room, ""));
    return new Events.Pruned(
        found.subject.room,
        found.streamOrdering,
        RedactionRules.content(version, "m.room.member", found.content),
        RedactionRules.extra(version, found.extra));
  }
}
