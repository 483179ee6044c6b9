package dev.bailiff.gateway.admin.media;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.Identity;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.request.Paging;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.media.LocalMedia;
import dev.bailiff.homeserver.store.media.MediaFilter;
import dev.bailiff.homeserver.store.media.Medium;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Function;

/** Lists a user's media, and deletes what such a list shows (admin-api 4.13, 4.14). */
@Path("/_synapse/admin/v1/users/{user_id}/media")
@Produces(MediaType.APPLICATION_JSON)
public final class UserMediaResource {
  private final LocalUsers users;
  private final LocalMedia media;
  private final MediaDeletions deletions;

  public UserMediaResource(
      Accounts accounts, Identity identity, LocalMedia media, MediaDeletions deletions) {
    this.users = new LocalUsers(accounts, identity);
    this.media = media;
    this.deletions = deletions;
  }

  @GET
  public ObjectNode list(@PathParam("user_id") PathSegment id, @Context Call call) {
    var filter = filter(id, call, Paging::parse);
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

  /** What the list shows now is fixed with the job: a page later would be another one. */
  @DELETE
  public void delete(
      @PathParam("user_id") PathSegment id, @Context Call call, @Suspended AsyncResponse response) {
    var filter = filter(id, call, query -> Paging.parse(query, DeleteMediaParameters.Page.MOST));
    var page =
        new DeleteMediaParameters.Page(
            filter.order().word(), filter.descending() ? "b" : "f", filter.from(), filter.limit());
    deletions.delete(
        filter.userId(), new DeleteMediaParameters(null, null, null, page), call, response);
  }

  private MediaFilter filter(PathSegment id, Call call, Function<QueryParameters, Paging> paging) {
    var user = UserId.parse(id.value());
    users.requireLocal(user, "Can only look up local users");
    users.find(user);
    return MediaListQuery.parse(call.query(), user, paging.apply(call.query()));
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
