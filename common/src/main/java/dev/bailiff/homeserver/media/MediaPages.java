package dev.bailiff.homeserver.media;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The media of local users, one by one and in pages. Thread-safe. */
public interface MediaPages {

  /** Whether copies of other servers' media can be deleted one by one. */
  default boolean deletesCopies() {
    return true;
  }

  /**
   * The reason why the homeserver does not tell what else shows a file, as a clause; empty if it
   * does.
   */
  default Optional<String> usesUnknown() {
    return Optional.empty();
  }

  /** Whether there is a record of a medium. */
  boolean exists(String mediaId);

  /**
   * The ids of a page as the page is now, in portions of bounded size.
   *
   * @param sink called on the calling thread
   */
  void ids(MediaFilter page, Consumer<List<String>> sink);
}
