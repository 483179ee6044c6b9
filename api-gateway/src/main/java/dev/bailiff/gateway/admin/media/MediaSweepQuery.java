package dev.bailiff.gateway.admin.media;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.schemas.kind.DeleteMediaParameters;

/** The query of a deletion by last use and size, in the parse order of admin-api 5.14. */
public final class MediaSweepQuery {

  private MediaSweepQuery() {}

  static DeleteMediaParameters parse(QueryParameters query) {
    long beforeTs = query.integer("before_ts");
    long sizeGt = query.integer("size_gt", 0);
    boolean keepProfiles = query.bool("keep_profiles").orElse(true);
    return new DeleteMediaParameters(requireMillis(beforeTs), sizeGt, keepProfiles, null);
  }

  /** Requires a time that does not look like seconds: 400 {@code M_INVALID_PARAM} otherwise. */
  public static long requireMillis(long beforeTs) {
    if (beforeTs < DeleteMediaContract.EARLIEST_TS) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM,
          "Query parameter before_ts you provided is from the year 1970. Double check that you are"
              + " providing a timestamp in milliseconds.");
    }
    return beforeTs;
  }
}
