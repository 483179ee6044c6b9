package dev.bailiff.homeserver.store.media;

import dev.bailiff.database.PostgresText;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which medium: its server and its id there. */
public record MediaName(String origin, String mediaId) {
  private static final Pattern URI = Pattern.compile("mxc://([^/]+)/([^/#?]+).*", Pattern.DOTALL);

  /** Of an {@code mxc://} URI; empty for anything else, and for what no store could hold. */
  static Optional<MediaName> parse(String uri) {
    var matcher = URI.matcher(uri);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(new MediaName(matcher.group(1), matcher.group(2)))
        .filter(name -> PostgresText.isStorable(name.origin + name.mediaId));
  }

  /** The URI. */
  public String uri() {
    return "mxc://" + origin + "/" + mediaId;
  }
}
