package dev.bailiff.gateway.job.kind;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.homeserver.media.MediaPages;
import dev.bailiff.schemas.kind.ShownMedia;

/** Whether the files that events show can be deleted along with the events. */
public final class ShownMediaCheck {

  private ShownMediaCheck() {}

  /**
   * Refuses what the homeserver cannot tell: a job that kept the files would look like one that
   * found none.
   *
   * @throws ApiException 400
   */
  public static void require(boolean deletesShownMedia, MediaPages media) {
    if (!deletesShownMedia) {
      return;
    }
    media
        .usesUnknown()
        .ifPresent(
            reason -> {
              throw ApiException.bad(
                  Errcode.M_INVALID_PARAM,
                  "'media': '" + ShownMedia.UNUSED_ELSEWHERE + "' cannot be had here: " + reason);
            });
  }
}
