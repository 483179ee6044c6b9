package dev.bailiff.homeserver.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Media that some events show, as {@code mxc://} URIs.
 *
 * @param uris may be empty even if {@code next} is set; a medium may come more than once
 * @param next where the next page begins; null at the end
 */
public record ShownFiles(List<String> uris, @Nullable Cursor next) {
  public ShownFiles {
    uris = List.copyOf(uris);
  }
}
