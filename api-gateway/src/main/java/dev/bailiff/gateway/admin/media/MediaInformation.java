package dev.bailiff.gateway.admin.media;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.media.LocalMedia;
import dev.bailiff.homeserver.store.media.Medium;
import dev.bailiff.homeserver.store.media.RemoteMedia;
import dev.bailiff.homeserver.store.media.RemoteMedium;
import dev.bailiff.schemas.api.media.MediaInformationReply;
import dev.bailiff.schemas.api.media.MediaRecordReply;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The record of one medium, ours or a copy of another server's (admin-api 5.15). */
final class MediaInformation {
  private final LocalServer localServer;
  private final LocalMedia local;
  private final RemoteMedia remote;

  MediaInformation(LocalServer localServer, LocalMedia local, RemoteMedia remote) {
    this.localServer = localServer;
    this.local = local;
    this.remote = remote;
  }

  /** The body; empty for a medium without a record. */
  Optional<MediaInformationReply> find(PathSegment server, PathSegment id) {
    if (!server.storable() || !id.storable()) {
      return Optional.empty();
    }
    boolean ours = localServer.serverName().filter(server.value()::equals).isPresent();
    var info =
        ours
            ? local.find(id.value()).map(MediaInformation::reply)
            : remote.find(server.value(), id.value()).map(MediaInformation::reply);
    return info.map(MediaInformationReply::new);
  }

  private static MediaRecordReply reply(Medium medium) {
    return new MediaRecordReply(
        null,
        medium.userId(),
        medium.mediaId(),
        medium.mediaType(),
        medium.mediaLength(),
        medium.uploadName(),
        medium.createdAt(),
        medium.lastAccessAt(),
        null,
        medium.urlCache(),
        medium.quarantinedBy(),
        isAuthenticated(medium.authenticated()),
        medium.safeFromQuarantine(),
        medium.sha256());
  }

  private static MediaRecordReply reply(RemoteMedium medium) {
    return new MediaRecordReply(
        medium.origin(),
        null,
        medium.mediaId(),
        medium.mediaType(),
        medium.mediaLength(),
        medium.uploadName(),
        medium.createdAt(),
        medium.lastAccessAt(),
        medium.filesystemId(),
        null,
        medium.quarantinedBy(),
        isAuthenticated(medium.authenticated()),
        null,
        medium.sha256());
  }

  /** A medium without this mark counts as authenticated, as in the lists. */
  private static boolean isAuthenticated(@Nullable Boolean known) {
    return known == null || known;
  }
}
