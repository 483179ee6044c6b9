package dev.bailiff.homeserver.media;

import dev.bailiff.homeserver.batch.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some media ids of a list that may be long.
 *
 * @param ids may be empty even if {@code next} is set
 * @param next where the next page begins; null at the end
 * @param page as {@link MediaDeletion#page}
 */
public record MediaPage(List<String> ids, @Nullable Cursor next, @Nullable OwnedPage page) {

  /** Media of any users. */
  public MediaPage(List<String> ids, @Nullable Cursor next) {
    this(ids, next, null);
  }
}
