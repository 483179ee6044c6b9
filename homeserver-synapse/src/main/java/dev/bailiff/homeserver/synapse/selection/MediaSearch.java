package dev.bailiff.homeserver.synapse.selection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.selection.SelectionPage;
import dev.bailiff.homeserver.synapse.api.ListCalls;
import dev.bailiff.schemas.filter.ConditionValue.Globs;
import dev.bailiff.schemas.filter.MediaCondition;
import dev.bailiff.schemas.filter.TargetFilter;
import java.util.ArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Media, through the users who uploaded any, and the list of each of these users' media. */
final class MediaSearch {
  private static final int USERS = 100;
  private static final int ROWS = 1_000;

  private final ListCalls api;
  private final TargetFilter filter;
  private final JsonConditions conditions;
  private final BooleanSupplier isOver;
  private final ArrayList<String> found = new ArrayList<>();

  MediaSearch(ListCalls api, TargetFilter filter, BooleanSupplier isOver) {
    this.api = api;
    this.filter = filter;
    this.conditions = new JsonConditions(filter);
    this.isOver = isOver;
  }

  /** Asks for one list of media at least, if there is any. */
  SelectionPage page(@Nullable Cursor after, int size) {
    var place = Place.of(after);
    var users = place.read(from -> api.uploaders(from, USERS));
    for (int row = 0; row < users.page().items().size(); row++) {
      var owner = users.page().items().get(row).path("user_id");
      if (!isOwner(owner)) {
        continue;
      }
      var at = owner.asText().equals(place.item()) ? place : Place.START;
      var next = mediaOf(owner.asText(), at, size);
      if (next != null) {
        return new SelectionPage(found, users.at(row).within(owner.asText(), next).cursor());
      }
      if (isFull(size) && row + 1 < users.page().items().size()) {
        return new SelectionPage(found, users.at(row + 1).cursor());
      }
    }
    return new SelectionPage(
        found, users.isLast() ? null : users.at(users.page().items().size()).cursor());
  }

  private boolean isFull(int size) {
    return found.size() >= size || isOver.getAsBoolean();
  }

  private boolean isOwner(JsonNode owner) {
    return filter
        .value(MediaCondition.OWNER, Globs.class)
        .map(globs -> globs.match(JsonConditions.text(owner)))
        .orElse(true);
  }

  /**
   * Adds a user's media until the page is full.
   *
   * @return where to go on in the list of the user; null at its end
   */
  private @Nullable Place mediaOf(String user, Place at, int size) {
    var place = at;
    while (true) {
      int rows = Math.max(1, Math.min(ROWS, size - found.size()));
      var read = place.readWithin(from -> api.media(user, from, rows));
      for (var medium : read.page().items()) {
        if (isMet(medium)) {
          found.add(medium.path("media_id").asText());
        }
      }
      if (read.isLast()) {
        return null;
      }
      var next = read.at(read.page().items().size());
      if (isFull(size)) {
        return next;
      }
      place = Place.START.within(user, next);
    }
  }

  private boolean isMet(JsonNode medium) {
    return filter.conditions().keySet().stream()
        .filter(filter::asks)
        .allMatch(condition -> isMet((MediaCondition) condition, medium));
  }

  private boolean isMet(MediaCondition condition, JsonNode medium) {
    return switch (condition) {
      case OWNER -> true;
      case TYPE -> conditions.glob(condition, medium.path("media_type"));
      case CREATED_AFTER -> conditions.after(condition, medium.path("created_ts"));
      case CREATED_BEFORE -> conditions.before(condition, medium.path("created_ts"));
      case LAST_ACCESS_BEFORE ->
          conditions.before(
              condition,
              medium.hasNonNull("last_access_ts")
                  ? medium.path("last_access_ts")
                  : medium.path("created_ts"));
      case NEVER_ACCESSED -> conditions.flag(condition, !medium.hasNonNull("last_access_ts"));
      case SIZE_MORE_THAN -> medium.path("media_length").asLong() > conditions.number(condition);
      case QUARANTINED -> conditions.flag(condition, medium.hasNonNull("quarantined_by"));
      case PROTECTED -> conditions.flag(condition, medium.path("safe_from_quarantine").asBoolean());
    };
  }
}
