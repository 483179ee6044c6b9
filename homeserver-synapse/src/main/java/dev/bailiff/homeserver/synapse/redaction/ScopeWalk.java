package dev.bailiff.homeserver.synapse.redaction;

import dev.bailiff.homeserver.redaction.RedactionScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the candidates of a scope page by page. A room is read twice if a limit may leave out its
 * oldest candidates: the first time they are counted. A room of one page is read once.
 */
record ScopeWalk(Candidates candidates) {

  /**
   * The place of a walk.
   *
   * @param room index in the scope's list
   * @param from where the next page of the room begins; null for its start
   * @param counted candidates of the room so far
   * @param left candidates that are still to be left out; null while the room is counted
   */
  record Place(int room, @Nullable String from, long counted, @Nullable Long left) {
    static Place start(RedactionScope scope) {
      return atRoom(0, scope);
    }

    private static Place atRoom(int room, RedactionScope scope) {
      return new Place(room, null, 0, scope.limit() == null ? 0L : null);
    }

    boolean isBehind(RedactionScope scope) {
      return room >= scope.rooms().size();
    }
  }

  /**
   * One page of a room.
   *
   * @param from where the page begins; null for the start of the room
   * @param skip candidates at its beginning that are not part of the scope
   * @param candidates those behind them; empty while the room is counted
   * @param next where the walk goes on
   */
  record Step(
      String room,
      @Nullable String from,
      int skip,
      List<Candidates.Candidate> candidates,
      Place next) {}

  Step step(RedactionScope scope, Place place) {
    var room = scope.rooms().get(place.room());
    var page = candidates.page(scope.user().id(), room, place.from(), scope.conditions());
    int found = page.candidates().size();
    long counted = place.counted() + found;
    var limit = scope.limit();
    var left = place.left();
    if (left == null) {
      boolean whole = place.from() == null && page.next() == null;
      if (page.next() != null) {
        return counting(room, place, new Place(place.room(), page.next(), counted, null));
      }
      long surplus = limit == null ? 0 : Math.max(0, counted - limit);
      if (!whole) {
        return counting(room, place, new Place(place.room(), null, 0, surplus));
      }
      left = surplus;
    }
    int skip = (int) Math.min(left, found);
    return new Step(
        room,
        place.from(),
        skip,
        page.candidates().subList(skip, found),
        page.next() == null
            ? Place.atRoom(place.room() + 1, scope)
            : new Place(place.room(), page.next(), counted, left - skip));
  }

  private static Step counting(String room, Place place, Place next) {
    return new Step(room, place.from(), 0, List.of(), next);
  }
}
