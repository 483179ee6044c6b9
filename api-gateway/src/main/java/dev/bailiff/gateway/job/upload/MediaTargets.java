package dev.bailiff.gateway.job.upload;

import dev.bailiff.homeserver.media.MediaUri;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which media a job can delete.
 *
 * @param serverName our own server; empty while it has no name
 * @param copies whether copies of other servers' media can be deleted one by one
 */
public record MediaTargets(Supplier<Optional<String>> serverName, boolean copies) {

  /** Whether the medium of a URI can be a target; {@code true} for an id without a server. */
  boolean allow(String id) {
    return copies
        || MediaUri.parse(id)
            .map(medium -> serverName.get().filter(medium.server()::equals).isPresent())
            .orElse(true);
  }

  /** What a target is, for people. */
  String inWords() {
    return copies
        ? "a media id, an mxc URI, a user id or '*'"
        : "a media id or mxc URI of this server (Synapse deletes its copies of other servers' media by their"
            + " age only), a user id or '*'";
  }
}
