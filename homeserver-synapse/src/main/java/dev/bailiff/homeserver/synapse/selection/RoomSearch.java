package dev.bailiff.homeserver.synapse.selection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.selection.SelectionPage;
import dev.bailiff.homeserver.synapse.api.ListCalls;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.job.TargetOrder;
import dev.bailiff.schemas.filter.ConditionValue.Texts;
import dev.bailiff.schemas.filter.RoomCondition;
import dev.bailiff.schemas.filter.TargetFilter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Rooms, through the list of all rooms, or through the children of spaces. */
final class RoomSearch {
  private static final int ROWS = 500;
  private static final int PARALLEL = 8;

  private final ListCalls api;
  private final RoomCalls rooms;
  private final ItemCalls calls;
  private final TargetFilter filter;
  private final JsonConditions conditions;
  private final BooleanSupplier isOver;

  RoomSearch(
      ListCalls api,
      RoomCalls rooms,
      ItemCalls calls,
      TargetFilter filter,
      BooleanSupplier isOver) {
    this.api = api;
    this.rooms = rooms;
    this.calls = calls;
    this.filter = filter;
    this.conditions = new JsonConditions(filter);
    this.isOver = isOver;
  }

  SelectionPage page(@Nullable Cursor after, int size) {
    int most = Math.min(size, ROWS);
    var spaces = spaces();
    return spaces.isEmpty()
        ? ofList(Place.of(after), most)
        : ofRooms(ofSpaces(spaces), after, most);
  }

  /** A room of the list that meets what the list tells, and its place in the page. */
  private record Candidate(int row, String id) {}

  private SelectionPage ofList(Place after, int rows) {
    var read = after.read(from -> api.rooms(from, rows));
    var items = read.page().items();
    var candidates = new ArrayList<Candidate>();
    for (int row = 0; row < items.size(); row++) {
      if (isMetByRow(items.get(row))) {
        candidates.add(new Candidate(row, items.get(row).path("room_id").asText()));
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
    int behind =
        answers.size() < candidates.size() ? candidates.get(answers.size()).row() : items.size();
    return new SelectionPage(
        found, behind == items.size() && read.isLast() ? null : read.at(behind).cursor());
  }

  /** The conditions that name spaces. */
  private Map<RoomCondition, List<String>> spaces() {
    var spaces = new EnumMap<RoomCondition, List<String>>(RoomCondition.class);
    for (var condition : List.of(RoomCondition.CHILDREN_OF, RoomCondition.IN_SPACE)) {
      filter.value(condition, Texts.class).ifPresent(any -> spaces.put(condition, any.any()));
    }
    return spaces;
  }

  /** The rooms that meet all conditions that name spaces. */
  private Set<String> ofSpaces(Map<RoomCondition, List<String>> spaces) {
    var children = new SpaceChildren(api, calls, PARALLEL);
    var rooms = new TreeSet<String>(TargetOrder::compare);
    boolean isFirst = true;
    for (var each : spaces.entrySet()) {
      var found = children.below(each.getValue());
      if (each.getKey() == RoomCondition.IN_SPACE) {
        found.addAll(each.getValue());
      }
      if (isFirst) {
        rooms.addAll(found);
      } else {
        rooms.retainAll(found);
      }
      isFirst = false;
    }
    return rooms;
  }

  /** Rooms that are not known here are no rooms of this server. */
  private SelectionPage ofRooms(Set<String> rooms, @Nullable Cursor after, int size) {
    var open =
        rooms.stream()
            .filter(room -> after == null || TargetOrder.compare(room, after.value()) > 0)
            .limit(size)
            .toList();
    var answers =
        calls.readUntil(
            open,
            PARALLEL,
            room ->
                api.room(room).filter(this::isMetByRow).isPresent()
                    && (!Answered.needsCalls(filter) || isMetByCalls(room)),
            isOver);
    var found = new ArrayList<String>();
    for (int n = 0; n < answers.size(); n++) {
      if (answers.get(n)) {
        found.add(open.get(n));
      }
    }
    boolean isLast = answers.size() == open.size() && open.size() < size;
    return new SelectionPage(found, isLast ? null : new Cursor(open.get(answers.size() - 1)));
  }

  private boolean isMetByRow(JsonNode room) {
    return filter.conditions().keySet().stream()
        .filter(filter::asks)
        .filter(Answered::byList)
        .allMatch(condition -> isMetByRow((RoomCondition) condition, room));
  }

  private boolean isMetByRow(RoomCondition condition, JsonNode room) {
    return switch (condition) {
      case ALIAS -> conditions.glob(condition, room.path("canonical_alias"));
      case MEMBERS_AT_MOST -> room.path("joined_members").asLong() <= conditions.number(condition);
      case MEMBERS_AT_LEAST -> room.path("joined_members").asLong() >= conditions.number(condition);
      case LOCAL_MEMBERS_AT_MOST ->
          room.path("joined_local_members").asLong() <= conditions.number(condition);
      case ENCRYPTED -> conditions.flag(condition, room.hasNonNull("encryption"));
      case PUBLIC -> conditions.flag(condition, room.path("public").asBoolean());
      case CHILDREN_OF, IN_SPACE -> true;
      default -> conditions.glob(condition, room.path(condition.key()));
    };
  }

  private boolean isMetByCalls(String room) {
    return (!filter.asks(RoomCondition.TOPIC) || hasTopic(api.room(room)))
        && (!filter.asks(RoomCondition.BLOCKED)
            || conditions.flag(RoomCondition.BLOCKED, rooms.isBlocked(room)));
  }

  private boolean hasTopic(Optional<JsonNode> room) {
    return room.filter(found -> conditions.glob(RoomCondition.TOPIC, found.path("topic")))
        .isPresent();
  }
}
