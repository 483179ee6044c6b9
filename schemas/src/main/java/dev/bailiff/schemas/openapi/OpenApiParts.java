package dev.bailiff.schemas.openapi;

import java.io.InputStream;
import java.util.List;

/**
 * The files of which the OpenAPI document is made. The first has what all have in common; each
 * other one has {@code paths} and {@code components} of its own, and no key that another has too.
 */
public final class OpenApiParts {
  /** In the order in which a reader finds them. */
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
          "service.yaml");

  private OpenApiParts() {}

  /** One of {@link #NAMES}, in UTF-8. The caller closes it. */
  public static InputStream open(String name) {
    var part = OpenApiParts.class.getResourceAsStream(name);
    if (part == null) {
      throw new IllegalArgumentException("no part " + name);
    }
    return part;
  }
}
