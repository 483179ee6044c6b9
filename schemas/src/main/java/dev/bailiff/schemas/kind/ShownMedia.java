package dev.bailiff.schemas.kind;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of the files that redacted or purged events show: values of the parameter {@code
 * media}.
 */
public final class ShownMedia {
  /** They stay. As if the parameter is absent. */
  public static final String KEEP = "keep";

  /** Those that nothing else shows are deleted; of media of other servers their copies here. */
  public static final String UNUSED_ELSEWHERE = "unused-elsewhere";

  /** List of a target: the files that its events show, and that nothing else is known to show. */
  public static final String LIST = "shown_media";

  private ShownMedia() {}

  static boolean isDeleted(@Nullable String media) {
    return UNUSED_ELSEWHERE.equals(media);
  }
}
