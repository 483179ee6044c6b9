package dev.bailiff.gateway.admin.media;

import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.request.Paging;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.homeserver.media.MediaFilter;
import dev.bailiff.homeserver.media.MediaOrder;
import java.util.Arrays;
import java.util.List;

/** The query of a list of a user's media, in the parse order of admin-api 4.13. */
final class MediaListQuery {
  private static final List<String> ORDERS =
      Arrays.stream(MediaOrder.values()).map(MediaOrder::word).toList();

  private MediaListQuery() {}

  /**
   * Reads the query. A query without {@code order_by} and {@code dir} lists the newest media first.
   * If it has one of the two, the other has the default of other lists.
   *
   * @param most a larger limit counts as this
   */
  static MediaFilter parse(LocalUsers users, PathSegment id, QueryParameters query, long most) {
    var user = users.known(id, "Can only look up local users", "Unknown user");
    var paging = Paging.parse(query, most);
    boolean said = query.has("order_by") || query.has("dir");
    var order =
        MediaOrder.of(query.oneOf("order_by", ORDERS, MediaOrder.CREATED_TS.word())).orElseThrow();
    boolean descending = query.oneOf("dir", List.of("f", "b"), said ? "f" : "b").equals("b");
    return new MediaFilter(user.value(), order, descending, paging.from(), paging.limit());
  }
}
