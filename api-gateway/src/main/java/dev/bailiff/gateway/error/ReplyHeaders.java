package dev.bailiff.gateway.error;

import java.util.Map;

/** Headers of every reply, errors included (admin-api 1.1, 1.10). */
public final class ReplyHeaders {

  /** By name. */
  public static final Map<String, String> ALL =
      Map.of(
          "Access-Control-Allow-Origin", "*",
          "Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE, OPTIONS",
          "Access-Control-Allow-Headers",
              "X-Requested-With, Content-Type, Authorization, Date, Prefer, Idempotency-Key",
          "Access-Control-Expose-Headers",
              "Synapse-Trace-Id, Server, Location, Bailiff-Job, Retry-After",
          "Cache-Control", "no-cache, no-store, must-revalidate");

  /**
   * In place of those of {@link #ALL} on the paths of our own API: the admin API has a fixed list
   * of methods, which lacks {@code PATCH}.
   */
  public static final Map<String, String> OWN =
      Map.of("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");

  private ReplyHeaders() {}
}
