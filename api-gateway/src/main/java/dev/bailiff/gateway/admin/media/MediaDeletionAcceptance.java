package dev.bailiff.gateway.admin.media;

import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.job.kind.KindAcceptance;
import dev.bailiff.homeserver.media.MediaFilter;
import dev.bailiff.homeserver.media.MediaOrder;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import java.util.Objects;
import java.util.Optional;

/**
 * A page of a user's media stands for the media on that page when the job is accepted (admin-api
 * 4.14).
 */
public final class MediaDeletionAcceptance implements KindAcceptance<DeleteMediaParameters> {

  @Override
  public String kind() {
    return DeleteMediaContract.KIND;
  }

  @Override
  public Class<DeleteMediaParameters> parameters() {
    return DeleteMediaParameters.class;
  }

  @Override
  public Optional<TargetSnapshot> snapshot(DeleteMediaParameters parameters, Lookups lookups) {
    var page = parameters.page();
    return page == null
        ? Optional.empty()
        : Optional.of(
            (user, sink) ->
                lookups
                    .media()
                    .ids(filter(user, page), ids -> sink.add(DeleteMediaContract.PAGE_MEDIA, ids)));
  }

  private static MediaFilter filter(String user, DeleteMediaParameters.Page page) {
    var order = page.orderBy();
    return new MediaFilter(
        user,
        order == null ? MediaOrder.CREATED_TS : MediaOrder.of(order).orElseThrow(),
        "b".equals(page.dir()),
        Objects.requireNonNullElse(page.from(), 0L),
        Objects.requireNonNullElse(page.limit(), DeleteMediaParameters.Page.USUAL_LIMIT));
  }
}
