package dev.bailiff.gateway.admin.statistic;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.Paging;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.homeserver.store.statistic.UserMediaFilter;
import dev.bailiff.homeserver.store.statistic.UserMediaOrder;
import dev.bailiff.homeserver.store.statistic.UserMediaStatistics;
import dev.bailiff.schemas.api.statistic.UserMediaPageReply;
import dev.bailiff.schemas.api.statistic.UserMediaPageReply.UserMediaUse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The amount of media that each user uploaded (admin-api 5.39). */
@Path("/_synapse/admin/v1/statistics/users/media")
@Produces(MediaType.APPLICATION_JSON)
public final class UserMediaStatisticsResource {
  private static final List<String> ORDERS =
      Arrays.stream(UserMediaOrder.values()).map(UserMediaOrder::word).toList();

  private final UserMediaStatistics statistics;

  public UserMediaStatisticsResource(UserMediaStatistics statistics) {
    this.statistics = statistics;
  }

  @GET
  @Needs(Scope.SERVER_READ)
  public UserMediaPageReply list(@Context Call call) {
    var filter = parse(call.query());
    var page = statistics.list(filter);
    boolean more = new Paging(filter.from(), filter.limit()).hasMore(page.total());
    return new UserMediaPageReply(
        page.items().stream()
            .map(
                user ->
                    new UserMediaUse(
                        user.userId(), user.displayname(), user.count(), user.length()))
            .toList(),
        page.total(),
        more ? filter.from() + page.items().size() : null);
  }

  private static UserMediaFilter parse(QueryParameters query) {
    var order =
        UserMediaOrder.of(query.oneOf("order_by", ORDERS, UserMediaOrder.USER_ID.word()))
            .orElseThrow();
    var paging = Paging.parse(query);
    long createdFrom = query.integer("from_ts", 0);
    @Nullable Long createdUntil = query.has("until_ts") ? query.integer("until_ts") : null;
    if (createdUntil != null && createdUntil <= createdFrom) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM, "Query parameter until_ts must be greater than from_ts.");
    }
    var term = query.ascii("search_term").orElse(null);
    if (term != null && term.isEmpty()) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM, "Query parameter search_term cannot be an empty string.");
    }
    boolean descending = query.oneOf("dir", List.of("f", "b"), "f").equals("b");
    return new UserMediaFilter(
        order, descending, paging.from(), paging.limit(), createdFrom, createdUntil, term);
  }
}
