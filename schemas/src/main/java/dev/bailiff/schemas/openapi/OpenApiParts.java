package dev.bailiff.schemas.openapi;

import java.io.InputStream;
import java.util.List;

/**
 * The files that make up the OpenAPI document. The first has the common parts; each other file has
 * {@code paths} and {@code components} of its own, and no key that another file has too.
 */
public final class OpenApiParts {
  /** The files in the order in which a reader meets them. */
  public static final List<String> NAMES =
      List.of(
          "openapi.yaml",
          "users.yaml",
          "access.yaml",
          "devices.yaml",
          "look-ups.yaml",
          "rooms.yaml",
          "room-deletion.yaml",
          "events.yaml",
          "media.yaml",
          "quarantine.yaml",
          "reports.yaml",
          "registration-tokens.yaml",
          "server.yaml",
          "client.yaml",
          "jobs.yaml",
          "job-history.yaml",
          "tokens.yaml",
          "webhooks.yaml",
          "audit.yaml",
          "service.yaml");

  private OpenApiParts() {}

  /** Opens one of {@link #NAMES}, in UTF-8. The caller closes it. */
  public static InputStream open(String name) {
    var part = OpenApiParts.class.getResourceAsStream(name);
    if (part == null) {
      throw new IllegalArgumentException("no part " + name);
    }
    return part;
  }
}
