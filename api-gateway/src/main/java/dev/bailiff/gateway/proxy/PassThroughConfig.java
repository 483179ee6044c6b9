package dev.bailiff.gateway.proxy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.util.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code passThrough}. A value out of bounds is refused when the file is read.
 *
 * <pre>
 * key          default                                      meaning
 * paths        /_synapse/, /_matrix/, /.well-known/matrix/  requests whose path begins so are passed, unless they are served here
 * connections  256                                          most connections to the homeserver; further requests wait for one
 * idle         10m                                          how long no byte may come or go on a connection at work; then 504
 * </pre>
 */
public record PassThroughConfig(List<String> paths, int connections, Duration idle) {

  /** For production. */
  public static final PassThroughConfig DEFAULT =
      new PassThroughConfig(
          List.of("/_synapse/", "/_matrix/", "/.well-known/matrix/"), 256, Duration.minutes(10));

  public PassThroughConfig {
    paths = List.copyOf(paths);
    require(
        paths.stream().allMatch(path -> path.startsWith("/") && path.endsWith("/")),
        "each of paths must begin and end with a slash");
    require(connections >= 1, "connections must be 1 or more");
    require(idle.toMilliseconds() >= 1, "idle must be more than 0");
  }

  /** Reads the block from YAML; absent keys have their defaults. */
  @JsonCreator
  static PassThroughConfig of(
      @JsonProperty("paths") @Nullable List<String> paths,
      @JsonProperty("connections") @Nullable Integer connections,
      @JsonProperty("idle") @Nullable Duration idle) {
    return new PassThroughConfig(
        paths == null ? DEFAULT.paths : paths,
        connections == null ? DEFAULT.connections : connections,
        idle == null ? DEFAULT.idle : idle);
  }

  /** Whether a path, as it was sent, is below one of the paths. */
  boolean covers(String rawPath) {
    return paths.stream().anyMatch(rawPath::startsWith);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
