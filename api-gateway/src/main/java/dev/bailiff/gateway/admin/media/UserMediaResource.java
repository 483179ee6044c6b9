package dev.bailiff.gateway.admin.media;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.request.Paging;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.media.LocalMedia;
import dev.bailiff.homeserver.store.media.Medium;
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
  public ObjectNode list(@PathParam("user_id") PathSegment id, @Context Call call) {
    var filter = MediaListQuery.parse(users, id, call.query(), Paging.MOST);
    var page = media.list(filter);
    var body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("media");
    page.items().forEach(medium -> list.add(json(medium)));
    body.put("total", page.total());
    if (new Paging(filter.from(), filter.limit()).hasMore(page.total())) {
      body.put("next_token", filter.from() + page.items().size());
    }
    return body;
  }

  private static ObjectNode json(Medium medium) {
    var authenticated = medium.authenticated();
    return JsonNodeFactory.instance
        .objectNode()
        .put("media_id", medium.mediaId())
        .put("media_type", medium.mediaType())
        .put("media_length", medium.mediaLength())
        .put("upload_name", medium.uploadName())
        .put("created_ts", medium.createdAt())
        .put("last_access_ts", medium.lastAccessAt())
        .put("quarantined_by", medium.quarantinedBy())
        .put("safe_from_quarantine", medium.safeFromQuarantine())
        .put("url_cache", medium.urlCache())
        .put("user_id", medium.userId())
        .put("authenticated", authenticated == null || authenticated)
        .put("sha256", medium.sha256());
  }
}
