package dev.bailiff.homeserver.media;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A medium of any server.
 *
 * @param server the server where it was uploaded
 * @param id its id there, a valid {@link MediaId}
 */
public record MediaUri(String server, String id) {
  private static final String SCHEME = "mxc://";

  /** A name or an address, perhaps with a port. */
  private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");

  /** The medium of an {@code mxc://} URI; empty for any other text. */
  public static Optional<MediaUri> parse(String text) {
    int slash = text.indexOf('/', SCHEME.length());
    if (!text.startsWith(SCHEME) || slash < 0) {
      return Optional.empty();
    }
    var uri = new MediaUri(text.substring(SCHEME.length(), slash), text.substring(slash + 1));
    return SERVER.matcher(uri.server).matches() && MediaId.isValid(uri.id)
        ? Optional.of(uri)
        : Optional.empty();
  }

  /** The medium that a target names: by a URI, or by the id of a medium of our own server. */
  public static MediaUri of(String target, String ownServer) {
    return parse(target).orElseGet(() -> new MediaUri(ownServer, target));
  }

  /** The URI. */
  public String text() {
    return SCHEME + server + "/" + id;
  }
}
