package dev.bailiff.gateway.http;

/**
 * Which rows of a list are asked for (admin-api 1.9).
 *
 * @param from row offset
 * @param limit at most so many rows; any number
 */
public record Paging(long from, long limit) {
  private static final long USUAL_LIMIT = 100;

  /** Reads {@code from}, then {@code limit}. */
  public static Paging parse(QueryParameters query) {
    long from = query.integer("from", 0);
    return new Paging(from, query.integer("limit", USUAL_LIMIT));
  }

  /** Whether rows are left behind these. */
  public boolean hasMore(long total) {
    // Compared this way round, as the sum may be too large for a long.
    return from < total && limit < total - from;
  }
}
