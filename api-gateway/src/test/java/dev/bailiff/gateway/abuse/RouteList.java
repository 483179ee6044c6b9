package dev.bailiff.gateway.abuse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** All routes of {@code routes.txt}. */
public final class RouteList {
  private static final List<Route> ALL = read();

  private RouteList() {}

  public static List<Route> all() {
    return ALL;
  }

  private static List<Route> read() {
    try (var stream = RouteList.class.getResourceAsStream("routes.txt")) {
      return Route.read(new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
