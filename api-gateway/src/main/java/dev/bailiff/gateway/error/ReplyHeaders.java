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

  private ReplyHeaders() {}
}
