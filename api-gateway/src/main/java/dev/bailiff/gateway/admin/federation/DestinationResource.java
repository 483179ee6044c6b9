package dev.bailiff.gateway.admin.federation;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.Paging;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.federation.Destination;
import dev.bailiff.homeserver.store.federation.DestinationFilter;
import dev.bailiff.homeserver.store.federation.DestinationOrder;
import dev.bailiff.homeserver.store.federation.Destinations;
import dev.bailiff.homeserver.store.list.Page;
import dev.bailiff.schemas.api.EmptyReply;
import dev.bailiff.schemas.api.federation.DestinationPageReply;
import dev.bailiff.schemas.api.federation.DestinationReply;
import dev.bailiff.schemas.api.federation.DestinationRoomPageReply;
import dev.bailiff.schemas.api.federation.DestinationRoomPageReply.DestinationRoom;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Other servers (admin-api 5.47). */
@Path("/_synapse/admin/v1/federation/destinations")
@Produces(MediaType.APPLICATION_JSON)
public final class DestinationResource {
  private static final List<String> ORDERS =
      Arrays.stream(DestinationOrder.values()).map(DestinationOrder::word).toList();
  private static final List<String> DIRECTIONS = List.of("f", "b");

  private final Destinations destinations;

  public DestinationResource(Destinations destinations) {
    this.destinations = destinations;
  }

  @GET
  @Needs(Scope.SERVER_READ)
  public DestinationPageReply list(@Context Call call) {
    var query = call.query();
    var paging = Paging.parse(query);
    var part = query.ascii("destination").filter(text -> !text.isEmpty()).orElse(null);
    var order =
        DestinationOrder.of(query.oneOf("order_by", ORDERS, DestinationOrder.DESTINATION.word()))
            .orElseThrow();
    boolean descending = query.oneOf("dir", DIRECTIONS, "f").equals("b");
    var page =
        destinations.list(
            new DestinationFilter(paging.from(), paging.limit(), part, order, descending));
    return new DestinationPageReply(
        page.items().stream().map(DestinationResource::reply).toList(),
        page.total(),
        nextToken(paging, page));
  }

  @GET
  @Needs(Scope.SERVER_READ)
  @Path("/{destination}")
  public DestinationReply show(@PathParam("destination") PathSegment name) {
    return reply(find(name));
  }

  @GET
  @Needs(Scope.SERVER_READ)
  @Path("/{destination}/rooms")
  public DestinationRoomPageReply rooms(
      @PathParam("destination") PathSegment name, @Context Call call) {
    var destination = find(name).destination();
    var paging = Paging.parse(call.query());
    boolean descending = call.query().oneOf("dir", DIRECTIONS, "f").equals("b");
    var page = destinations.rooms(destination, descending, paging.from(), paging.limit());
    return new DestinationRoomPageReply(
        page.items().stream()
            .map(room -> new DestinationRoom(room.roomId(), room.streamOrdering()))
            .toList(),
        page.total(),
        nextToken(paging, page));
  }

  @POST
  @Needs(Scope.ROOMS_WRITE)
  @Path("/{destination}/reset_connection")
  public EmptyReply reset(@PathParam("destination") PathSegment name) {
    if (!destinations.reset(find(name).destination())) {
      throw ApiException.bad(
          Errcode.M_UNKNOWN, "The retry timing does not need to be reset for this destination.");
    }
    return new EmptyReply();
  }

  private Destination find(PathSegment name) {
    if (!name.storable()) {
      throw ApiException.notFound("Unknown destination");
    }
    return destinations
        .find(name.value())
        .orElseThrow(() -> ApiException.notFound("Unknown destination"));
  }

  private static @Nullable String nextToken(Paging paging, Page<?> page) {
    return paging.hasMore(page.total()) ? Long.toString(paging.from() + page.items().size()) : null;
  }

  private static DestinationReply reply(Destination destination) {
    return new DestinationReply(
        destination.destination(),
        destination.retryLastAt(),
        destination.retryInterval(),
        destination.failureAt(),
        destination.lastSuccessfulStreamOrdering());
  }
}
