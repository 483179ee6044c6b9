package dev.bailiff.schemas.api.statistic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of users with the media that they uploaded (admin-api 5.39).
 *
 * @param total users on all pages
 * @param nextToken the {@code from} of the next page; absent on the last page
 */
public record UserMediaPageReply(
    List<UserMediaUse> users, long total, @JsonInclude(Include.NON_NULL) @Nullable Long nextToken) {

  /**
   * The media that a user uploaded, in numbers.
   *
   * @param mediaLength of all media together, in bytes
   */
  public record UserMediaUse(
      String userId, @Nullable String displayname, long mediaCount, long mediaLength) {}
}
