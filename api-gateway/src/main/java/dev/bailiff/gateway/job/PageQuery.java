package dev.bailiff.gateway.job;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.QueryParameters;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a page of one of our own lists begins and how long it is: {@code from}, a {@code next} of
 * an earlier page, and {@code limit}.
 */
public record PageQuery(Optional<String> from, int limit) {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  /** Reads {@code from} and {@code limit} of a query. */
  public static PageQuery parse(QueryParameters query) {
    var from = query.ascii("from");
    long limit = query.integer("limit", USUAL);
    if (limit == 0) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "Query parameter limit must be 1 or more");
    }
    return new PageQuery(from, (int) Math.min(limit, MOST));
  }

  /**
   * The cursor as {@code reader} reads it. The reader throws {@link IllegalArgumentException} for
   * text that it never wrote.
   */
  public <T> Optional<T> cursor(Function<String, T> reader) {
    try {
      return from.map(reader);
    } catch (IllegalArgumentException e) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM, "Query parameter from must be the 'next' of an earlier page");
    }
  }

  /** The cursor of the next page: after the last item, if this page is full. */
  public <T> Optional<String> next(List<T> items, Function<T, String> writer) {
    return items.size() < limit
        ? Optional.empty()
        : Optional.of(writer.apply(items.get(items.size() - 1)));
  }
}
