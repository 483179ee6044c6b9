package dev.bailiff.gateway.request;

/**
 * Which rows of a list are asked for (admin-api 1.9).
 *
 * @param from row offset
 * @param limit at most so many rows
 */
public record Paging(long from, long limit) {
  /** A page is held in memory. Whoever asks for more gets a full page, and goes on behind it. */
  public static final long MOST = 10_000;

  private static final long USUAL_LIMIT = 100;

  /** Reads {@code from}, then {@code limit}; more than {@value #MOST} counts as that. */
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

  /** Whether rows are left behind these. */
  public boolean hasMore(long total) {
    // Compared this way round, as the sum may be too large for a long.
    return from < total && limit < total - from;
  }
}
