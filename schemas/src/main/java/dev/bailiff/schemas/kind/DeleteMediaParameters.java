package dev.bailiff.schemas.kind;

import org.jspecify.annotations.Nullable;

/**
 * Parameters of {@code delete-media} (admin-api 4.14, 5.13, 5.14). The first three select the media
 * of the target {@code *}; quarantined and protected media never belong to it.
 *
 * @param beforeTs only media last accessed before this time (or created, if never accessed), ms
 *     since the epoch
 * @param sizeGt only media larger than this, in bytes; absent means 0
 * @param keepProfiles whether media in use as avatar of a user or room stay; absent means true
 * @param page the part of each user's media to delete, fixed when the job is accepted; absent means
 *     all
 */
public record DeleteMediaParameters(
    @Nullable Long beforeTs,
    @Nullable Long sizeGt,
    @Nullable Boolean keepProfiles,
    @Nullable Page page) {

  /**
   * A page of a user's media, in the order of the list of admin-api 4.13.
   *
   * @param orderBy column of that list; absent means {@code created_ts}
   * @param dir {@code f} or {@code b}; absent means {@code f}
   * @param from row offset; absent means 0
   * @param limit rows at most; absent means 100
   */
  public record Page(
      @Nullable String orderBy, @Nullable String dir, @Nullable Long from, @Nullable Long limit) {

    /** Bound of the pages of all users of a job together: acceptance holds their ids in memory. */
    public static final long MOST = 100_000;

    public static final long USUAL_LIMIT = 100;
  }
}
