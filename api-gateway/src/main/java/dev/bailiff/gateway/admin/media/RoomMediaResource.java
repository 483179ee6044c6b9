package dev.bailiff.gateway.admin.media;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.admin.quarantine.RoomQuarantine;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.request.JsonStream;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.media.MediaName;
import dev.bailiff.homeserver.store.media.Quarantine;
import dev.bailiff.homeserver.store.media.RoomMedia;
import dev.bailiff.schemas.api.quarantine.QuarantinedReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.function.Predicate;

/** Media that events of a room name: list them, quarantine them (admin-api 5.23, 5.21). */
@Path("/_synapse/admin/v1/room/{room_id}/media")
@Produces(MediaType.APPLICATION_JSON)
public final class RoomMediaResource {
  private final RoomMedia media;
  private final LocalServer localServer;
  private final RoomQuarantine quarantine;

  public RoomMediaResource(RoomMedia media, Quarantine quarantine, LocalServer localServer) {
    this.media = media;
    this.localServer = localServer;
    this.quarantine = new RoomQuarantine(media, quarantine, localServer);
  }

  /** Walks the room once for each list, so that neither list is ever held whole. */
  @GET
  @Needs(Scope.MEDIA_READ)
  public StreamingOutput list(@PathParam("room_id") PathSegment id) {
    var server = localServer.serverName().orElse("");
    Predicate<MediaName> local = name -> name.origin().equals(server);
    return JsonStream.of(
        json -> {
          json.writeStartObject();
          json.writeFieldName("local");
          write(json, id, local);
          json.writeFieldName("remote");
          write(json, id, local.negate());
          json.writeEndObject();
        });
  }

  @POST
  @Needs(Scope.MEDIA_WRITE)
  @Path("/quarantine")
  public QuarantinedReply quarantine(@PathParam("room_id") PathSegment id, @Context Call call) {
    return quarantine.add(id, call);
  }

  private void write(JsonGenerator json, PathSegment id, Predicate<MediaName> wanted)
      throws IOException {
    json.writeStartArray();
    Long below = null;
    do {
      if (!id.storable()) {
        break;
      }
      var page = media.page(id.value(), below);
      for (MediaName name : page.media()) {
        if (wanted.test(name)) {
          json.writeString(name.uri());
        }
      }
      below = page.next();
    } while (below != null);
    json.writeEndArray();
  }
}
