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
 * key             default                                      meaning
 * paths           /_synapse/, /_matrix/, /.well-known/matrix/  requests whose path begins so are passed, unless they are served here
 * connections     256                                          most connections to the homeserver; further requests wait for one
 * queue           10s                                          how long a request waits for a connection; then 503
 * callsPerClient  64                                           most passed calls at a time from one address; beyond it 429. It
 *                                                              counts the proxy's address if useForwardedHeaders is off
 * idle            10m                                          how long no byte may come or go on a connection at work; then 504
 * </pre>
 */
public record PassThroughConfig(
    List<String> paths, int connections, Duration queue, int callsPerClient, Duration idle) {

  /** For production. */
  public static final PassThroughConfig DEFAULT =
      new PassThroughConfig(
          List.of("/_synapse/", "/_matrix/", "/.well-known/matrix/"),
          256,
          Duration.seconds(10),
          64,
          Duration.minutes(10));

  public PassThroughConfig {
    paths = List.copyOf(paths);
    require(
        paths.stream().allMatch(path -> path.startsWith("/") && path.endsWith("/")),
        "each of paths must begin and end with a slash");
    require(connections >= 1, "connections must be 1 or more");
    require(queue.toMilliseconds() >= 1, "queue must be more than 0");
    require(callsPerClient >= 1, "callsPerClient must be 1 or more");
    require(idle.toMilliseconds() >= 1, "idle must be more than 0");
  }

  /** Reads the block from YAML; absent keys have their defaults. */
  @JsonCreator
  static PassThroughConfig of(
      @JsonProperty("paths") @Nullable List<String> paths,
      @JsonProperty("connections") @Nullable Integer connections,
      @JsonProperty("queue") @Nullable Duration queue,
      @JsonProperty("callsPerClient") @Nullable Integer callsPerClient,
      @JsonProperty("idle") @Nullable Duration idle) {
    return new PassThroughConfig(
        paths == null ? DEFAULT.paths : paths,
        connections == null ? DEFAULT.connections : connections,
        queue == null ? DEFAULT.queue : queue,
        callsPerClient == null ? DEFAULT.callsPerClient : callsPerClient,
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
