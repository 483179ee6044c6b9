package dev.bailiff.gateway.admin.media;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.Paging;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.media.LocalMedia;
import dev.bailiff.homeserver.store.media.Medium;
import dev.bailiff.schemas.api.media.MediaPageReply;
import dev.bailiff.schemas.api.media.MediumReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Lists a user's media (admin-api 4.13). */
@Path("/_synapse/admin/v1/users/{user_id}/media")
@Produces(MediaType.APPLICATION_JSON)
public final class UserMediaResource {
  private final LocalUsers users;
  private final LocalMedia media;

  public UserMediaResource(LocalUsers users, LocalMedia media) {
    this.users = users;
    this.media = media;
  }

  @GET
  @Needs(Scope.MEDIA_READ)
  public MediaPageReply list(@PathParam("user_id") PathSegment id, @Context Call call) {
    var filter = MediaListQuery.parse(users, id, call.query(), Paging.MOST);
    var page = media.list(filter);
    boolean more = new Paging(filter.from(), filter.limit()).hasMore(page.total());
    return new MediaPageReply(
        page.items().stream().map(UserMediaResource::reply).toList(),
        page.total(),
        more ? filter.from() + page.items().size() : null);
  }

  private static MediumReply reply(Medium medium) {
    var authenticated = medium.authenticated();
    return new MediumReply(
        medium.mediaId(),
        medium.mediaType(),
        medium.mediaLength(),
        medium.uploadName(),
        medium.createdAt(),
        medium.lastAccessAt(),
        medium.quarantinedBy(),
        medium.safeFromQuarantine(),
        medium.urlCache(),
        medium.userId(),
        authenticated == null || authenticated,
        medium.sha256());
  }
}
