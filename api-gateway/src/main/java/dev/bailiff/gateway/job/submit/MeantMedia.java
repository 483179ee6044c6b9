package dev.bailiff.gateway.job.submit;

import dev.bailiff.homeserver.media.MediaFilter;
import dev.bailiff.homeserver.media.MediaOrder;
import dev.bailiff.homeserver.media.MediaPages;
import dev.bailiff.job.TargetMedia;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import java.util.Objects;

/** The media that a page of a user's media means now (admin-api 4.14). */
public final class MeantMedia {
  private final MediaPages media;

  public MeantMedia(MediaPages media) {
    this.media = media;
  }

  /**
   * Reads the page that the parameters of a {@code delete-media} job name, of each of its users.
   */
  TargetMedia of(Record parameters) {
    var page = ((DeleteMediaParameters) parameters).page();
    return page == null ? TargetMedia.NONE : (user, sink) -> media.ids(filter(user, page), sink);
  }

  private static MediaFilter filter(String user, DeleteMediaParameters.Page page) {
    var order = page.orderBy();
    return new MediaFilter(
        user,
        order == null ? MediaOrder.CREATED_TS : MediaOrder.of(order).orElseThrow(),
        "b".equals(page.dir()),
        Objects.requireNonNullElse(page.from(), 0L),
        Objects.requireNonNullElse(page.limit(), 100L));
  }
}
