package dev.bailiff.gateway.route;

import dev.bailiff.gateway.request.PercentDecoding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The calls that a homeserver serves behind the gateway and that change something which guard rails
 * spare.
 */
public final class GuardedRoutes {

  /** What a call does to a user or room, by what its body says. */
  public enum Effect {
    /** Closes or locks the account, or takes the admin flag. */
    SAVES_ACCOUNT,
    /** Sets or takes the admin flag. */
    SETS_ADMIN,
    SUSPENDS,
    LOCKS,
    BLOCKS_ROOM,
    /** Whatever its body says. */
    SHADOW_BANS
  }

  /** A call, and the id of the user or room. */
  public record GuardedCall(Effect effect, String id) {}

  private record Route(String method, PathTemplate path, Effect effect) {}

  private static final List<Route> ROUTES =
      Map.of(
              "PUT /_synapse/admin/v2/users/{id}", Effect.SAVES_ACCOUNT,
              "PUT /_synapse/admin/v1/users/{id}/admin", Effect.SETS_ADMIN,
              "PUT /_synapse/admin/v1/suspend/{id}", Effect.SUSPENDS,
              "PUT /_matrix/client/v1/admin/suspend/{id}", Effect.SUSPENDS,
              "PUT /_matrix/client/unstable/uk.timedout.msc4323/admin/suspend/{id}",
                  Effect.SUSPENDS,
              "PUT /_matrix/client/v1/admin/lock/{id}", Effect.LOCKS,
              "PUT /_matrix/client/unstable/uk.timedout.msc4323/admin/lock/{id}", Effect.LOCKS,
              "PUT /_synapse/admin/v1/rooms/{id}/block", Effect.BLOCKS_ROOM,
              "POST /_synapse/admin/v1/users/{id}/shadow_ban", Effect.SHADOW_BANS)
          .entrySet()
          .stream()
          .map(entry -> route(entry.getKey(), entry.getValue()))
          .toList();

  private GuardedRoutes() {}

  private static Route route(String line, Effect effect) {
    int space = line.indexOf(' ');
    return new Route(line.substring(0, space), PathTemplate.of(line.substring(space + 1)), effect);
  }

  /**
   * The call that a request makes; empty for any other.
   *
   * @param rawPath as it was sent, without query
   */
  public static Optional<GuardedCall> find(String method, String rawPath) {
    var sent = PathTemplate.split(rawPath);
    for (var route : ROUTES) {
      if (route.method().equals(method)) {
        var values = route.path().match(sent);
        if (values.isPresent()) {
          return Optional.of(
              new GuardedCall(route.effect(), PercentDecoding.pathSegment(values.get().get(0))));
        }
      }
    }
    return Optional.empty();
  }
}
