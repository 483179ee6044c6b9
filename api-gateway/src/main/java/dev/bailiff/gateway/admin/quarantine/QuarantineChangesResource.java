package dev.bailiff.gateway.admin.quarantine;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.schemas.api.quarantine.QuarantineChangesReply;
import dev.bailiff.schemas.api.quarantine.QuarantineChangesReply.QuarantineChange;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/**
 * The changes of the quarantine, media put in and taken out, from the oldest on (admin-api 5.41).
 */
@Path("/_synapse/admin/v1/media/quarantine_changes")
@Produces(MediaType.APPLICATION_JSON)
public final class QuarantineChangesResource {
  private static final int MOST = 100;

  private final Quarantine quarantine;

  public QuarantineChangesResource(Quarantine quarantine) {
    this.quarantine = quarantine;
  }

  @GET
  @Needs(Scope.MEDIA_READ)
  public QuarantineChangesReply list(@Context Call call) {
    long from = call.query().integer("from", 0);
    long newest = quarantine.newest();
    if (from > newest) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM,
          "Query parameter from must be a 'next_batch' of an earlier page");
    }
    var changes = quarantine.changes(from, MOST);
    return new QuarantineChangesReply(
        changes.isEmpty() ? newest : changes.get(changes.size() - 1).position(),
        changes.stream()
            .map(
                change ->
                    new QuarantineChange(
                        change.medium().origin(), change.medium().mediaId(), change.quarantined()))
            .toList());
  }
}
