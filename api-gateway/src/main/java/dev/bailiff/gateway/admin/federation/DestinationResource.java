package dev.bailiff.gateway.admin.federation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.Paging;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.federation.Destination;
import dev.bailiff.homeserver.store.federation.DestinationFilter;
import dev.bailiff.homeserver.store.federation.DestinationOrder;
import dev.bailiff.homeserver.store.federation.Destinations;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;

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
  public ObjectNode list(@Context Call call) {
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
    var body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("destinations");
    page.items().forEach(destination -> list.add(json(destination)));
    return finish(body, paging, page.items().size(), page.total());
  }

  @GET
  @Path("/{destination}")
  public ObjectNode show(@PathParam("destination") PathSegment name) {
    return json(find(name));
  }

  @GET
  @Path("/{destination}/rooms")
  public ObjectNode rooms(@PathParam("destination") PathSegment name, @Context Call call) {
    var destination = find(name).destination();
    var paging = Paging.parse(call.query());
    boolean descending = call.query().oneOf("dir", DIRECTIONS, "f").equals("b");
    var page = destinations.rooms(destination, descending, paging.from(), paging.limit());
    var body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("rooms");
    page.items()
        .forEach(
            room ->
                list.addObject()
                    .put("room_id", room.roomId())
                    .put("stream_ordering", room.streamOrdering()));
    return finish(body, paging, page.items().size(), page.total());
  }

  @POST
  @Path("/{destination}/reset_connection")
  public ObjectNode reset(@PathParam("destination") PathSegment name) {
    if (!destinations.reset(find(name).destination())) {
      throw ApiException.bad(
          Errcode.M_UNKNOWN, "The retry timing does not need to be reset for this destination.");
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private Destination find(PathSegment name) {
    if (!name.storable()) {
      throw ApiException.notFound("Unknown destination");
    }
    return destinations
        .find(name.value())
        .orElseThrow(() -> ApiException.notFound("Unknown destination"));
  }

  private static ObjectNode finish(ObjectNode body, Paging paging, int shown, long total) {
    body.put("total", total);
    if (paging.hasMore(total)) {
      body.put("next_token", Long.toString(paging.from() + shown));
    }
    return body;
  }

  private static ObjectNode json(Destination destination) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("destination", destination.destination())
        .put("retry_last_ts", destination.retryLastAt())
        .put("retry_interval", destination.retryInterval())
        .put("failure_ts", destination.failureAt())
        .put("last_successful_stream_ordering", destination.lastSuccessfulStreamOrdering());
  }
}
