package dev.bailiff.gateway.admin.media;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.media.LocalMedia;
import dev.bailiff.homeserver.store.media.Medium;
import dev.bailiff.homeserver.store.media.RemoteMedia;
import dev.bailiff.homeserver.store.media.RemoteMedium;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one medium, ours or a copy of another server's (admin-api 5.15). */
final class MediaInformation {
  private final LocalServer localServer;
  private final LocalMedia local;
  private final RemoteMedia remote;

  MediaInformation(LocalServer localServer, LocalMedia local, RemoteMedia remote) {
    this.localServer = localServer;
    this.local = local;
    this.remote = remote;
  }

  /** The body; empty for what we have no record of. */
  Optional<ObjectNode> find(PathSegment server, PathSegment id) {
    if (!server.storable() || !id.storable()) {
      return Optional.empty();
    }
    boolean ours = localServer.serverName().filter(server.value()::equals).isPresent();
    var info =
        ours
            ? local.find(id.value()).map(MediaInformation::json)
            : remote.find(server.value(), id.value()).map(MediaInformation::json);
    return info.map(json -> JsonNodeFactory.instance.objectNode().set("media_info", json));
  }

  private static ObjectNode json(Medium medium) {
    return JsonNodeFactory.instance
        .objectNode()
        .putNull("media_origin")
        .put("user_id", medium.userId())
        .put("media_id", medium.mediaId())
        .put("media_type", medium.mediaType())
        .put("media_length", medium.mediaLength())
        .put("upload_name", medium.uploadName())
        .put("created_ts", medium.createdAt())
        .put("last_access_ts", medium.lastAccessAt())
        .putNull("filesystem_id")
        .put("url_cache", medium.urlCache())
        .put("quarantined_by", medium.quarantinedBy())
        .put("authenticated", isAuthenticated(medium.authenticated()))
        .put("safe_from_quarantine", medium.safeFromQuarantine())
        .put("sha256", medium.sha256());
  }

  private static ObjectNode json(RemoteMedium medium) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("media_origin", medium.origin())
        .putNull("user_id")
        .put("media_id", medium.mediaId())
        .put("media_type", medium.mediaType())
        .put("media_length", medium.mediaLength())
        .put("upload_name", medium.uploadName())
        .put("created_ts", medium.createdAt())
        .put("last_access_ts", medium.lastAccessAt())
        .put("filesystem_id", medium.filesystemId())
        .putNull("url_cache")
        .put("quarantined_by", medium.quarantinedBy())
        .put("authenticated", isAuthenticated(medium.authenticated()))
        .putNull("safe_from_quarantine")
        .put("sha256", medium.sha256());
  }

  /** As in the lists: where it is not known, it is. */
  private static boolean isAuthenticated(@Nullable Boolean known) {
    return known == null || known;
  }
}
