package dev.bailiff.homeserver.store.timeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The redactions of some events that are in force: the first one of each event. */
final class HeldRedactions {

  private final Map<String, HeldRedaction> byTarget;

  /**
   * @param redactedBy the id of the redaction's event
   * @param because that event, as it is shown; null if it is not stored or may not be shown
   */
  record HeldRedaction(String redactedBy, @Nullable StoredEvent because) {}

  private HeldRedactions(Map<String, HeldRedaction> byTarget) {
    this.byTarget = byTarget;
  }

  /** Reads the redactions of events: one statement, and a second one if there are any. */
  static HeldRedactions of(Handle handle, Collection<String> eventIds) {
    Map<String, HeldRedaction> found = read(handle, eventIds);
    List<String> redactionIds = found.values().stream().map(HeldRedaction::redactedBy).toList();
    Set<String> redacted = read(handle, redactionIds).keySet();
    found.replaceAll(
        (target, redaction) ->
            redaction.because != null && redacted.contains(redaction.redactedBy)
                ? new HeldRedaction(redaction.redactedBy, redaction.because.pruned())
                : redaction);
    return new HeldRedactions(found);
  }

  private static Map<String, HeldRedaction> read(Handle handle, Collection<String> eventIds) {
    Map<String, HeldRedaction> found = new HashMap<>();
    if (!eventIds.isEmpty()) {
      handle
          .createQuery(TimelineSql.REDACTIONS)
          .bindArray("eventIds", String.class, eventIds.toArray())
          .map(
              (rs, ctx) -> {
                StoredEvent event = rs.getString("event_id") == null ? null : StoredEvent.of(rs);
                return Map.entry(
                    rs.getString("redacts"),
                    new HeldRedaction(
                        rs.getString("redacted_by"),
                        event == null || event.redacts() == null ? null : event));
              })
          .forEach(entry -> found.putIfAbsent(entry.getKey(), entry.getValue()));
    }
    return found;
  }

  /** Ids of the events that are redacted. */
  Set<String> redacted() {
    return byTarget.keySet();
  }

  Optional<HeldRedaction> of(StoredEvent event) {
    return Optional.ofNullable(byTarget.get(event.eventId()));
  }

  /** The event as its redactions leave it; the same event if it is not redacted. */
  StoredEvent leave(StoredEvent event) {
    return byTarget.containsKey(event.eventId()) ? event.pruned() : event;
  }

  /**
   * Events without the redactions that clients do not see. Clients do not see a redaction whose
   * target is missing, not stored, rejected or in another room, or whose sender may not redact the
   * target.
   */
  static List<StoredEvent> withoutWithheld(Handle handle, List<StoredEvent> events) {
    List<String> ids = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (StoredEvent event : events) {
      String target = event.isRedaction() ? event.redacts() : null;
      if (target != null) {
        ids.add(event.eventId());
        targets.add(target);
      }
    }
    Set<String> shown = ids.isEmpty() ? Set.of() : shown(handle, ids, targets);
    return events.stream()
        .filter(event -> !event.isRedaction() || shown.contains(event.eventId()))
        .toList();
  }

  private static Set<String> shown(Handle handle, List<String> ids, List<String> targets) {
    return new HashSet<>(
        handle
            .createQuery(TimelineSql.SHOWN_REDACTIONS)
            .bindArray("eventIds", String.class, ids.toArray())
            .bindArray("redacts", String.class, targets.toArray())
            .mapTo(String.class)
            .list());
  }
}
