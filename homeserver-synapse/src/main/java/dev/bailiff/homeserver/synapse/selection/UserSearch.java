package dev.bailiff.homeserver.synapse.selection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.selection.SelectionPage;
import dev.bailiff.homeserver.synapse.api.ListCalls;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.job.TargetOrder;
import dev.bailiff.schemas.filter.ConditionValue.Globs;
import dev.bailiff.schemas.filter.ConditionValue.Networks;
import dev.bailiff.schemas.filter.ConditionValue.Texts;
import dev.bailiff.schemas.filter.Glob;
import dev.bailiff.schemas.filter.TargetFilter;
import dev.bailiff.schemas.filter.UserCondition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Accounts, through the list by id. Synapse never deletes an account, so what was listed stays
 * before the place; a new account may push the last one down, which is passed over then.
 */
final class UserSearch {
  private static final int ROWS = 500;
  private static final int PARALLEL = 8;

  private final ListCalls api;
  private final ItemCalls calls;
  private final TargetFilter filter;
  private final JsonConditions conditions;
  private final Set<String> members;

  private UserSearch(ListCalls api, ItemCalls calls, TargetFilter filter) {
    this.api = api;
    this.calls = calls;
    this.filter = filter;
    this.conditions = new JsonConditions(filter);
    this.members = new HashSet<>();
    filter
        .value(UserCondition.IN_ROOM, Texts.class)
        .ifPresent(rooms -> rooms.any().forEach(room -> members.addAll(api.members(room))));
  }

  static SelectionPage page(
      ListCalls api,
      ItemCalls calls,
      TargetFilter filter,
      @Nullable Cursor after,
      int size,
      BooleanSupplier isOver) {
    return new UserSearch(api, calls, filter).page(After.of(after), Math.min(size, ROWS), isOver);
  }

  /**
   * Where a page begins.
   *
   * @param from number of accounts before it
   * @param last id of the last of these
   */
  private record After(long from, String last) {
    static After of(@Nullable Cursor cursor) {
      if (cursor == null) {
        return new After(0, "");
      }
      int space = cursor.value().indexOf(' ');
      return new After(
          Long.parseLong(cursor.value().substring(0, space)), cursor.value().substring(space + 1));
    }

    Cursor cursor() {
      return new Cursor(from + " " + last);
    }
  }

  /** An account of the list that meets what the list tells, and its place in the page. */
  private record Candidate(int row, String id) {}

  private SelectionPage page(After after, int rows, BooleanSupplier isOver) {
    var page = api.users(after.from(), rows, part());
    var ids = page.items().stream().map(UserSearch::id).toList();
    var candidates = new ArrayList<Candidate>();
    for (int row = 0; row < ids.size(); row++) {
      if (TargetOrder.compare(ids.get(row), after.last()) > 0
          && isMetByRow(page.items().get(row))) {
        candidates.add(new Candidate(row, ids.get(row)));
      }
    }
    var answers =
        Answered.needsCalls(filter)
            ? calls.readUntil(candidates, PARALLEL, each -> isMetByCalls(each.id()), isOver)
            : candidates.stream().map(each -> true).toList();
    var found = new ArrayList<String>();
    for (int n = 0; n < answers.size(); n++) {
      if (answers.get(n)) {
        found.add(candidates.get(n).id());
      }
    }
    return new SelectionPage(found, next(after, ids, candidates, answers.size(), rows));
  }

  private static @Nullable Cursor next(
      After after, List<String> ids, List<Candidate> candidates, int answered, int rows) {
    int behind = answered < candidates.size() ? candidates.get(answered).row() : ids.size();
    if (behind == ids.size() && ids.size() < rows) {
      return null;
    }
    var last = behind == 0 ? after.last() : ids.get(behind - 1);
    // So many new accounts may have come that the whole page was there before.
    return new After(
            after.from() + behind,
            TargetOrder.compare(last, after.last()) > 0 ? last : after.last())
        .cursor();
  }

  /** The longest text that all ids have which are looked for; Synapse searches by it. */
  private @Nullable String part() {
    var globs = filter.value(UserCondition.USER_ID, Globs.class).map(Globs::any).orElse(List.of());
    if (globs.size() != 1) {
      return null;
    }
    var longest = "";
    for (var part : globs.stream().map(Glob::text).findFirst().orElse("").split("[*?]")) {
      longest = part.length() > longest.length() ? part : longest;
    }
    // Synapse takes ASCII alone here.
    return longest.isEmpty() || !longest.chars().allMatch(unit -> unit < 128) ? null : longest;
  }

  private boolean isMetByRow(JsonNode row) {
    return filter.conditions().keySet().stream()
        .filter(filter::asks)
        .filter(Answered::byList)
        .allMatch(condition -> isMetByRow((UserCondition) condition, row));
  }

  private boolean isMetByRow(UserCondition condition, JsonNode row) {
    return switch (condition) {
      case USER_ID -> conditions.glob(condition, row.path("name"));
      case DISPLAYNAME -> conditions.glob(condition, row.path("displayname"));
      case CREATED_AFTER -> conditions.after(condition, row.path("creation_ts"));
      case CREATED_BEFORE -> conditions.before(condition, row.path("creation_ts"));
      case LAST_SEEN_AFTER -> conditions.after(condition, row.path("last_seen_ts"));
      case LAST_SEEN_BEFORE -> conditions.before(condition, row.path("last_seen_ts"));
      case NEVER_SEEN -> conditions.flag(condition, !row.hasNonNull("last_seen_ts"));
      case IN_ROOM -> members.contains(id(row));
      case USER_TYPE ->
          filter
              .value(condition, Texts.class)
              .orElseThrow()
              .any()
              .contains(row.hasNonNull("user_type") ? row.path("user_type").asText() : "");
      case GUEST -> conditions.flag(condition, row.path("is_guest").asBoolean());
      default -> conditions.flag(condition, row.path(condition.key()).asBoolean());
    };
  }

  private boolean isMetByCalls(String id) {
    return isMetByAccount(id) && isMetByAddresses(id);
  }

  private boolean isMetByAccount(String id) {
    if (!filter.asks(UserCondition.SUSPENDED)
        && !filter.asks(UserCondition.APPSERVICE)
        && !filter.asks(UserCondition.HAS_THREEPID)) {
      return true;
    }
    return api.user(id)
        .filter(
            user ->
                conditions.flag(UserCondition.SUSPENDED, user.path("suspended").asBoolean())
                    && conditions.flag(UserCondition.APPSERVICE, user.hasNonNull("appservice_id"))
                    && conditions.flag(
                        UserCondition.HAS_THREEPID, !user.path("threepids").isEmpty()))
        .isPresent();
  }

  private boolean isMetByAddresses(String id) {
    return filter
        .value(UserCondition.IP, Networks.class)
        .map(networks -> api.addresses(id).stream().anyMatch(networks::contain))
        .orElse(true);
  }

  private static String id(JsonNode row) {
    return row.path("name").asText();
  }
}
