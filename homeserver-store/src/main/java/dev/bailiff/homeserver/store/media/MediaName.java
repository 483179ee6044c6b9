package dev.bailiff.homeserver.store.media;

import dev.bailiff.database.PostgresText;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a medium: its server and its id on that server. */
public record MediaName(String origin, String mediaId) {
  private static final Pattern URI = Pattern.compile("mxc://([^/]+)/([^/#?]+).*", Pattern.DOTALL);

  /**
   * The name in an {@code mxc://} URI; empty for any other text, and for a name that no store can
   * hold.
   */
  static Optional<MediaName> parse(String uri) {
    var matcher = URI.matcher(uri);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(new MediaName(matcher.group(1), matcher.group(2)))
        .filter(name -> PostgresText.isStorable(name.origin + name.mediaId));
  }

  /** The {@code mxc://} URI. */
  public String uri() {
    return "mxc://" + origin + "/" + mediaId;
  }
}
