package dev.bailiff.homeserver.store.snapshot;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The relation of an event to another one, if histories show this kind of relation with the other
 * event (admin-api 5.8).
 *
 * @param target the other event's id; null for none
 * @param type the type of the relation; null for none
 */
record EventRelation(@Nullable String target, @Nullable String type) {
  private static final EventRelation NONE = new EventRelation(null, null);
  private static final String KEY = "m.relates_to";
  private static final Set<String> TYPES = Set.of("m.replace", "m.thread", "m.reference");

  /**
   * A target that cannot be an event id is not stored, as an index holds this column and clients
   * may write any text into it.
   */
  private static final Pattern EVENT_ID = Pattern.compile("[!-~]{1,255}");

  /**
   * The relation of an event.
   *
   * @param content a JSON object
   */
  static EventRelation of(String content) {
    // Most events have no relation and need not be parsed.
    if (!content.contains(KEY)) {
      return NONE;
    }
    JsonFields.Value relation = JsonFields.parse(content).find(KEY);
    if (relation == null || relation.token() != JsonToken.START_OBJECT) {
      return NONE;
    }
    JsonFields fields = JsonFields.parse(relation.raw());
    String target = text(fields, "event_id");
    String type = text(fields, "rel_type");
    return TYPES.contains(type) && EVENT_ID.matcher(target).matches()
        ? new EventRelation(target, type)
        : NONE;
  }

  private static String text(JsonFields fields, String key) {
    JsonFields.Value value = fields.find(key);
    String text = value == null ? null : value.text();
    return text == null ? "" : text;
  }
}
