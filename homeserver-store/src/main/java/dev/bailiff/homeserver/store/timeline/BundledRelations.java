package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.store.event.EventJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Relations of later events to earlier ones, shown with the earlier ones: the last edit, the
 * thread, and the events that refer to the earlier one (aggregations of the Matrix specification;
 * admin-api 5.8). Relations of redacted events do not count. Unlike in Synapse, events of users
 * whom the reader ignores count as well.
 */
final class BundledRelations {
  private static final String REPLACE = "m.replace";
  private static final String THREAD = "m.thread";
  private static final String REFERENCE = "m.reference";

  /** An edit or a reaction is shown without the events that relate to it. */
  private static final Set<String> WITHOUT_RELATIONS = Set.of(REPLACE, "m.annotation");

  private final Map<String, StoredEvent> edits = new HashMap<>();
  private final Map<String, Thread> threads = new HashMap<>();
  private final Map<String, List<String>> references = new HashMap<>();

  /**
   * A thread, shown with its first event.
   *
   * @param latest its last event
   * @param joined whether the reader began the thread or wrote into it
   */
  private record Thread(StoredEvent latest, long replies, boolean joined) {}

  private BundledRelations() {}

  /** No relations at all. */
  static BundledRelations none() {
    return new BundledRelations();
  }

  /**
   * The relations to some events, read by three statements, however many events there are. Each
   * statement finds the related events by an index; a thread is counted, so it is read in its whole
   * length.
   *
   * @param events as they are shown: redacted ones in their pruned form
   * @param redacted the ids of those that are redacted
   * @param viewer the user who reads; empty for nobody
   */
  static BundledRelations of(
      Handle handle, List<StoredEvent> events, Set<String> redacted, String viewer) {
    BundledRelations bundled = new BundledRelations();
    Map<String, String> related = new LinkedHashMap<>();
    for (StoredEvent event : events) {
      String relation = relation(event);
      if (event.stateKey() == null && !WITHOUT_RELATIONS.contains(relation)) {
        related.put(event.eventId(), relation);
      }
    }
    if (!related.isEmpty()) {
      List<String> unrelated =
          related.entrySet().stream()
              .filter(event -> event.getValue().isEmpty())
              .map(Map.Entry::getKey)
              .toList();
      bundled.readThreads(handle, unrelated, viewer);
      // The last event of a thread is shown too, with its own relations.
      bundled.threads.values().forEach(thread -> related.put(thread.latest.eventId(), THREAD));
      bundled.readEdits(
          handle, related.keySet().stream().filter(id -> !redacted.contains(id)).toList());
      bundled.readReferences(handle, related.keySet());
    }
    return bundled;
  }

  /**
   * Writes the relations to an event into its {@code unsigned} part, under {@code m.relations}.
   *
   * @param shown gives the form of the related events that are written with them
   */
  void write(String eventId, ObjectNode unsigned, Function<StoredEvent, ObjectNode> shown) {
    ObjectNode relations = EventJson.object();
    List<String> referring = references.get(eventId);
    if (referring != null) {
      ArrayNode chunk = relations.putObject(REFERENCE).putArray("chunk");
      referring.forEach(id -> chunk.addObject().put("event_id", id));
    }
    StoredEvent edit = edits.get(eventId);
    if (edit != null) {
      relations.set(REPLACE, shown.apply(edit));
    }
    Thread thread = threads.get(eventId);
    if (thread != null) {
      ObjectNode summary = relations.putObject(THREAD);
      summary.set("latest_event", shown.apply(thread.latest));
      summary.put("count", thread.replies);
      summary.put("current_user_participated", thread.joined);
    }
    if (!relations.isEmpty()) {
      unsigned.set("m.relations", relations);
    }
  }

  private void readThreads(Handle handle, Collection<String> ids, String viewer) {
    query(handle, TimelineSql.THREADS, ids)
        .bind("viewer", viewer)
        .map(
            (rs, ctx) ->
                Map.entry(
                    rs.getString("root"),
                    new Thread(StoredEvent.of(rs), rs.getLong("replies"), rs.getBoolean("joined"))))
        .forEach(entry -> threads.put(entry.getKey(), entry.getValue()));
  }

  private void readEdits(Handle handle, Collection<String> ids) {
    query(handle, TimelineSql.EDITS, ids)
        .map((rs, ctx) -> Map.entry(rs.getString("original"), StoredEvent.of(rs)))
        .forEach(entry -> edits.put(entry.getKey(), entry.getValue()));
  }

  private void readReferences(Handle handle, Collection<String> ids) {
    query(handle, TimelineSql.REFERENCES, ids)
        .map((rs, ctx) -> Map.entry(rs.getString("referred"), rs.getString("event_id")))
        .forEach(
            entry ->
                references
                    .computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                    .add(entry.getValue()));
  }

  private static Query query(Handle handle, String sql, Collection<String> ids) {
    return handle.createQuery(sql).bindArray("eventIds", String.class, ids.toArray());
  }

  /** The relation type of an event; empty if the event relates to no other one. */
  private static String relation(StoredEvent event) {
    JsonNode relation = EventJson.parse(event.content()).path("m.relates_to");
    return relation.path("event_id").isTextual() ? relation.path("rel_type").asText("") : "";
  }
}
