package dev.bailiff.homeserver.synapse.api;

import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.homeserver.synapse.http.Answer;
import dev.bailiff.homeserver.synapse.http.ApiPath;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;

/** Calls about media. */
public record MediaCalls(ServiceAccount account) {

  /** Whether there is a record of a medium (admin-api 5.15). */
  public boolean exists(String server, String id) {
    var answer = account.get(ApiPath.of("/_synapse/admin/v1/media/{}/{}", server, id));
    if (answer.isNotFound()) {
      return false;
    }
    answer.orThrow();
    return true;
  }

  /** Whether a medium is here and a sweep selects it. */
  public boolean isIn(String server, String id, MediaSweep sweep) {
    var answer = account.get(ApiPath.of("/_synapse/admin/v1/media/{}/{}", server, id));
    if (answer.isNotFound()) {
      return false;
    }
    var medium = answer.orThrow().path("media_info");
    long lastUsed =
        medium.path("last_access_ts").asLong(medium.path("created_ts").asLong(Long.MAX_VALUE));
    return !medium.hasNonNull("quarantined_by")
        && !medium.path("safe_from_quarantine").asBoolean(true)
        && lastUsed < sweep.beforeAt()
        && medium.path("media_length").asLong() > sweep.largerThan();
  }

  /** Deletes a local medium (admin-api 5.13). */
  public Answer delete(String server, String id) {
    return account.send("DELETE", ApiPath.of("/_synapse/admin/v1/media/{}/{}", server, id), null);
  }

  /** Deletes local media by last use and size (admin-api 5.14). */
  public Answer deleteOlder(long beforeAt, long largerThan, boolean keepProfiles) {
    return account.send(
        "POST",
        ApiPath.of("/_synapse/admin/v1/media/delete")
            .with("before_ts", beforeAt)
            .with("size_gt", largerThan)
            .with("keep_profiles", Boolean.toString(keepProfiles)),
        null);
  }
}
