package dev.bailiff.gateway.request;

/**
 * The rows of a list that a query asks for (admin-api 1.9).
 *
 * @param from row offset
 * @param limit at most so many rows
 */
public record Paging(long from, long limit) {
  /**
   * The longest page, as a page is held in memory. A client that asks for more gets a full page,
   * and goes on behind it.
   */
  public static final long MOST = 10_000;

  private static final long USUAL_LIMIT = 100;

  /** Reads {@code from}, then {@code limit}; more than {@value #MOST} counts as {@value #MOST}. */
  public static Paging parse(QueryParameters query) {
    return parse(query, MOST);
  }

  /**
   * Reads {@code from}, then {@code limit}.
   *
   * @param most a larger limit counts as this
   */
  public static Paging parse(QueryParameters query, long most) {
    long from = query.integer("from", 0);
    return new Paging(from, Math.min(query.integer("limit", USUAL_LIMIT), most));
  }

  /** Whether rows follow this page. */
  public boolean hasMore(long total) {
    // Written this way round, as the sum may be too large for a long.
    return from < total && limit < total - from;
  }
}
