package dev.bailiff.gateway.admin.room;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.Paging;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.homeserver.store.room.RoomFilter;
import dev.bailiff.homeserver.store.room.RoomOrder;
import java.util.Arrays;
import java.util.List;

/** The query of the list of rooms, in the parse order of admin-api 5.5. */
record RoomListQuery(Paging paging, RoomFilter filter) {
  private static final List<String> ORDERS =
      Arrays.stream(RoomOrder.values()).map(RoomOrder::word).toList();

  static RoomListQuery parse(QueryParameters query) {
    var paging = Paging.parse(query);
    var order = RoomOrder.of(query.oneOf("order_by", ORDERS, RoomOrder.NAME.word())).orElseThrow();
    var term = query.utf8("search_term").orElse(null);
    if (term != null && term.isEmpty()) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM, "Query parameter search_term must not be empty");
    }
    var inDirectory = query.bool("public_rooms").orElse(null);
    var empty = query.bool("empty_rooms").orElse(null);
    boolean backwards = query.oneOf("dir", List.of("f", "b"), "f").equals("b");
    return new RoomListQuery(
        paging,
        new RoomFilter(paging.from(), paging.limit(), term, inDirectory, empty, order, backwards));
  }
}
