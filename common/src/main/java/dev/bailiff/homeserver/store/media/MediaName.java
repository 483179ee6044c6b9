package dev.bailiff.homeserver.store.media;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which medium: its server and its id there. */
public record MediaName(String origin, String mediaId) {
  private static final Pattern URI = Pattern.compile("mxc://([^/]+)/([^/#?]+).*", Pattern.DOTALL);

  /** Of an {@code mxc://} URI; empty for anything else. */
  static Optional<MediaName> parse(String uri) {
    var matcher = URI.matcher(uri);
    return matcher.matches()
        ? Optional.of(new MediaName(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** The URI. */
  public String uri() {
    return "mxc://" + origin + "/" + mediaId;
  }
}
