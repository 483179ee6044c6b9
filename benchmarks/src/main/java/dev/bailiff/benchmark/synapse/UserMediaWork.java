package dev.bailiff.benchmark.synapse;

import dev.bailiff.benchmark.live.LiveSynapse;
import dev.bailiff.benchmark.live.SynapseApi;
import dev.bailiff.benchmark.live.SynapseScale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.stack.SynapseStack.Order;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import java.sql.SQLException;
import java.util.List;

/** A {@code delete-media} job for all media of a user, beside Synapse's bulk call. */
final class UserMediaWork implements SynapseWork<UserMediaWork.Uploads> {
  private static final int WARM_UP_FILES = 10;

  /** A user with files. */
  record Uploads(String user, int files) {

    static Uploads make(LiveSynapse synapse, int files) {
      var user = synapse.data().user();
      synapse.data().upload(user, files);
      return new Uploads(user, files);
    }
  }

  @Override
  public String name() {
    return "synapse-media";
  }

  @Override
  public String work(SynapseScale scale) {
    return "delete " + scale.media() + " media of one user";
  }

  @Override
  public long items(SynapseScale scale) {
    return scale.media();
  }

  @Override
  public Bound bound() {
    return Bound.shareAtLeast(1.5);
  }

  @Override
  public Uploads furnish(LiveSynapse synapse, SynapseScale scale) {
    return Uploads.make(synapse, scale.media());
  }

  @Override
  public Uploads furnishWarmUp(LiveSynapse synapse) {
    return Uploads.make(synapse, WARM_UP_FILES);
  }

  @Override
  public Order job(Uploads uploads) {
    return new Order(DeleteMediaContract.KIND, List.of(uploads.user), SynapseApi.object(), "fast");
  }

  @Override
  public void byHand(LiveSynapse synapse, Uploads uploads) {
    synapse.byHand().deleteMedia(uploads.user, uploads.files);
  }

  @Override
  public List<String> traces(LiveSynapse synapse, Uploads uploads) throws SQLException {
    return List.of(
        "media "
            + synapse.number(
                "select count(*) from local_media_repository where user_id = ?", uploads.user));
  }
}
