package dev.bailiff.homeserver.store.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.LocalId;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Effect;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.homeserver.store.batch.RoomLocks;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.EventSql;
import dev.bailiff.homeserver.store.event.Events;
import dev.bailiff.homeserver.store.event.Ids;
import dev.bailiff.homeserver.store.event.NewEvent;
import dev.bailiff.homeserver.store.event.RedactionRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Redacts a batch across ranges (admin-api 4.34, steps 2 to 4): one query for the candidates, then
 * one statement each for the redaction events, their rows and the pruned contents.
 */
final class Redactions {

  private static final String ADD =
      """
      insert into homeserver.redaction (event_id, redacts, have_censored)
      select n.event_id, n.redacts, true
      from unnest(:events::text[], :redacts::text[]) as n (event_id, redacts)
      on conflict (event_id) do nothing
      """;

  /** The summary of a room shows what its state says; messages and memberships do not change it. */
  private static final String NOTE_CHANGED =
      """
      insert into homeserver.room_change (room_id)
      select distinct n.room_id from unnest(:rooms::text[]) as n (room_id)
      """;

  /** The room version in which the target's id moved from the top level into the content. */
  private static final int REDACTS_IN_CONTENT_SINCE = 11;

  private final Handle handle;
  private final String server;
  private final Redaction redaction;
  private final List<RedactionRange> ranges;

  private final Set<String> changedRooms = new HashSet<>();

  private long done;
  private long skipped;
  private final List<Failure> failures = new ArrayList<>();
  private final Map<String, List<String>> redactedOf = new LinkedHashMap<>();

  Redactions(Handle handle, String server, Redaction redaction) {
    this.handle = handle;
    this.server = server;
    this.redaction = redaction;
    this.ranges = redaction.ranges().stream().map(RedactionRange::parse).toList();
  }

  BatchOutcome run() {
    Place place = Place.parse(redaction.after());
    List<RedactionRange> active = activeFrom(place);
    if (active.isEmpty()) {
      return BatchOutcome.of(0, 0, null);
    }
    Map<String, String> versions =
        RoomLocks.share(handle, active.stream().map(RedactionRange::room).toList());
    List<Candidate> candidates = candidates(active);
    redact(
        candidates.stream().filter(c -> versions.containsKey(c.room)).toList(), active, versions);
    skipped += candidates.stream().filter(c -> !versions.containsKey(c.room)).count();
    Place next = nextPlace(place, active, candidates);
    return new BatchOutcome(
        done,
        skipped,
        failures,
        List.of(),
        List.of(),
        next.range == ranges.size() ? null : next.cursor(),
        null,
        redactedOf.entrySet().stream()
            .map(user -> Effect.of(user.getKey(), user.getValue()))
            .toList());
  }

  /** The ranges that fill the batch, the first one without the part that earlier batches did. */
  private List<RedactionRange> activeFrom(Place place) {
    List<RedactionRange> active = new ArrayList<>();
    long items = 0;
    for (int i = place.range; i < ranges.size() && items < redaction.size(); i++) {
      RedactionRange range = ranges.get(i);
      boolean begun = i == place.range && place.seen > 0;
      active.add(begun ? range.below(place.below, place.seen) : range);
      items += Math.max(1, active.get(active.size() - 1).items());
    }
    return active;
  }

  /** Maps by hand, as each batch reads hundreds of rows. */
  private List<Candidate> candidates(List<RedactionRange> active) {
    // All ranges are of one job, which has the same conditions for all.
    return RedactionPlan.bind(
            handle.createQuery(EventSql.REDACTION_CANDIDATES), active.get(0).conditions())
        .bindArray("users", String.class, Events.column(active, RedactionRange::user))
        .bindArray("rooms", String.class, Events.column(active, RedactionRange::room))
        .bindArray("newest", Long.class, active.stream().map(RedactionRange::newest).toArray())
        .bindArray("oldest", Long.class, active.stream().map(RedactionRange::oldest).toArray())
        .bindArray(
            "afterAt",
            Long.class,
            active.stream().map(range -> range.conditions().afterAt()).toArray())
        .bindArray(
            "beforeAt",
            Long.class,
            active.stream().map(range -> range.conditions().beforeAt()).toArray())
        .bind("size", redaction.size())
        .map(
            (rs, ctx) ->
                new Candidate(
                    (int) rs.getLong("place") - 1,
                    rs.getString("room_id"),
                    rs.getLong("stream_ordering"),
                    rs.getString("event_id"),
                    rs.getString("type"),
                    rs.getString("content"),
                    rs.getString("extra"),
                    rs.getBoolean("redacted")))
        .list();
  }

  private void redact(
      List<Candidate> candidates, List<RedactionRange> active, Map<String, String> versions) {
    Map<String, String> refusals = refusals(candidates, active);
    List<NewEvent> events = new ArrayList<>();
    List<String> redacted = new ArrayList<>();
    List<Events.Pruned> pruned = new ArrayList<>();
    // A room that is named twice brings its events twice; the second time they are redacted
    // already.
    Set<String> met = new HashSet<>();
    for (Candidate candidate : candidates) {
      RedactionRange range = active.get(candidate.range);
      if (candidate.redacted
          || !RedactionPlan.isCandidate(candidate.type, candidate.content)
          || !met.add(candidate.eventId)) {
        skipped++;
        continue;
      }
      boolean byAdmin = isByAdmin(range.user());
      String refusal = byAdmin ? refusals.get(candidate.room) : null;
      if (refusal != null) {
        failures.add(
            new Failure(candidate.eventId, range.target(), false, 403, "M_FORBIDDEN", refusal));
        continue;
      }
      int version = RedactionRules.number(versions.getOrDefault(candidate.room, ""));
      String sender = byAdmin ? redaction.admin() : range.user();
      events.add(event(candidate, sender, version));
      redacted.add(candidate.eventId);
      redactedOf.computeIfAbsent(range.user(), any -> new ArrayList<>()).add(candidate.eventId);
      if (!EventConditions.USUAL_TYPES.contains(candidate.type)) {
        changedRooms.add(candidate.room);
      }
      pruned.add(
          new Events.Pruned(
              candidate.room,
              candidate.streamOrdering,
              RedactionRules.content(
                  version, candidate.type, candidate.content == null ? "{}" : candidate.content),
              RedactionRules.extra(version, candidate.extra)));
    }
    write(events, redacted, pruned);
    done += events.size();
  }

  private void write(List<NewEvent> events, List<String> redacted, List<Events.Pruned> pruned) {
    if (events.isEmpty()) {
      return;
    }
    pruned.sort(
        Comparator.comparing(Events.Pruned::roomId).thenComparing(Events.Pruned::streamOrdering));
    Events.prune(handle, pruned);
    Events.insert(handle, events);
    handle
        .createUpdate(ADD)
        .bindArray("events", String.class, Events.column(events, NewEvent::eventId))
        .bindArray("redacts", String.class, redacted)
        .execute();
    if (!changedRooms.isEmpty()) {
      handle.createUpdate(NOTE_CHANGED).bindArray("rooms", String.class, changedRooms).execute();
    }
  }

  private NewEvent event(Candidate candidate, String sender, int version) {
    ObjectNode content = EventJson.object();
    String reason = redaction.reason();
    if (reason != null && !reason.isEmpty()) {
      content.put("reason", reason);
    }
    String extra = null;
    if (version >= REDACTS_IN_CONTENT_SINCE) {
      content.put("redacts", candidate.eventId);
    } else {
      extra = EventJson.write(EventJson.object().put("redacts", candidate.eventId));
    }
    return new NewEvent(
        Ids.event("redact", redaction.job(), candidate.eventId),
        candidate.room,
        "m.room.redaction",
        sender,
        null,
        EventJson.write(content),
        extra);
  }

  /**
   * Whether the admin redacts for the user. The admin's own events do not count: the admin redacts
   * them as a user.
   */
  private boolean isByAdmin(String user) {
    return !user.equals(redaction.admin()) && (redaction.asAdmin() || !LocalId.isOf(user, server));
  }

  private Map<String, String> refusals(List<Candidate> candidates, List<RedactionRange> active) {
    Set<String> rooms =
        candidates.stream()
            .filter(candidate -> isByAdmin(active.get(candidate.range).user()))
            .map(Candidate::room)
            .collect(Collectors.toSet());
    return rooms.isEmpty() ? Map.of() : RedactionPowers.refusals(handle, redaction.admin(), rooms);
  }

  /**
   * Missing candidates of a finished range count as skipped, so that items and counters agree. They
   * were purged in the meantime, or redacted by a batch whose checkpoint was lost.
   */
  private Place nextPlace(Place start, List<RedactionRange> active, List<Candidate> candidates) {
    long[] seen = new long[active.size()];
    candidates.forEach(candidate -> seen[candidate.range]++);
    boolean full = candidates.size() == redaction.size();
    int open = full ? candidates.get(candidates.size() - 1).range : active.size();
    for (int i = 0; i < open; i++) {
      skipped += Math.max(0, active.get(i).items() - seen[i]);
    }
    if (!full) {
      return new Place(start.range + active.size(), 0, Long.MAX_VALUE);
    }
    if (seen[open] >= active.get(open).items()) {
      return new Place(start.range + open + 1, 0, Long.MAX_VALUE);
    }
    long before = open == 0 ? start.seen : 0;
    Candidate last = candidates.get(candidates.size() - 1);
    return new Place(start.range + open, before + seen[open], last.streamOrdering);
  }

  private record Candidate(
      int range,
      String room,
      long streamOrdering,
      String eventId,
      String type,
      @Nullable String content,
      @Nullable String extra,
      boolean redacted) {}

  /**
   * Where the next batch goes on.
   *
   * @param range index of the range
   * @param seen candidates of the range so far
   * @param below only events that arrived before this one
   */
  private record Place(int range, long seen, long below) {

    static Place parse(@Nullable Cursor cursor) {
      if (cursor == null) {
        return new Place(0, 0, Long.MAX_VALUE);
      }
      JsonNode json = EventJson.parse(cursor.value());
      return new Place(
          json.required(0).intValue(), json.required(1).longValue(), json.required(2).longValue());
    }

    Cursor cursor() {
      return new Cursor("[" + range + "," + seen + "," + below + "]");
    }
  }
}
