package dev.bailiff.gateway.admin.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.JsonStream;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.homeserver.store.timeline.EventFilter;
import dev.bailiff.homeserver.store.timeline.EventFormat;
import dev.bailiff.homeserver.store.timeline.RoomState;
import dev.bailiff.homeserver.store.timeline.StreamToken;
import dev.bailiff.homeserver.store.timeline.Timeline;
import dev.bailiff.schemas.api.event.MessagesReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The history of a room; the caller need not be in the room (admin-api 5.8). */
@Path("/_synapse/admin/v1/rooms/{room_id}/messages")
@Produces(MediaType.APPLICATION_JSON)
public final class MessagesResource {
  private static final long USUAL_LIMIT = 10;
  private static final long HIGHEST_LIMIT = 1_000;

  /** A position in the order of arrival, in the form that syncing clients know. */
  private static final Pattern STREAM_TOKEN = Pattern.compile("s([0-9]{1,18})(?:_.*)?");

  private final Timeline timeline;
  private final RoomState state;

  public MessagesResource(Timeline timeline, RoomState state) {
    this.timeline = timeline;
    this.state = state;
  }

  @GET
  @Needs(Scope.CONTENT_READ)
  public StreamingOutput list(@PathParam("room_id") PathSegment id, @Context Call call) {
    var query = call.query();
    boolean backwards = query.oneOf("dir", List.of("f", "b"), "f").equals("b");
    var from = token(query, "from", id);
    var to = token(query, "to", id);
    int limit = (int) Math.min(query.integer("limit", USUAL_LIMIT), HIGHEST_LIMIT);
    var filter = EventQuery.filter(query);
    if (query.has("raw")) {
      filter = filter.in(EventFormat.FEDERATION);
    }
    var start = from.orElseGet(() -> backwards ? newest(id) : StreamToken.START);
    List<JsonNode> chunk = List.of();
    @Nullable String end = null;
    @Nullable List<JsonNode> memberships = null;
    if (limit > 0 && id.storable() && !filter.letsNothingThrough()) {
      var page =
          timeline
              .readBy(call.caller().actingUser())
              .page(
                  id.value(),
                  start,
                  to.orElse(backwards ? StreamToken.START : StreamToken.END),
                  backwards,
                  filter,
                  limit);
      chunk = List.copyOf(page.events());
      if (!page.events().isEmpty() || !page.atEnd()) {
        end = page.end().token();
      }
      var first = page.first();
      if (filter.membersOfSenders() && first != null) {
        // Members are shown regardless of the other conditions of the filter.
        var members =
            state.membersAt(id.value(), first, page.senders(), EventFilter.NONE.in(filter.form()));
        memberships = members.isEmpty() ? null : List.copyOf(members);
      }
    } else if (id.storable() && timeline.newest(id.value()).isPresent()) {
      end = start.token(); // no event was read, so the end is unknown
    }
    return JsonStream.ofValue(new MessagesReply(chunk, start.token(), end, memberships));
  }

  private StreamToken newest(PathSegment id) {
    return id.storable()
        ? timeline.newest(id.value()).map(event -> event.position()).orElse(StreamToken.START)
        : StreamToken.START;
  }

  private Optional<StreamToken> token(QueryParameters query, String name, PathSegment id) {
    // "END" is an old word for the newest event, which very old clients still send.
    var token = query.ascii(name).filter(text -> !text.isEmpty() && !text.equals("END"));
    if (token.isEmpty()) {
      return Optional.empty();
    }
    var arrival = STREAM_TOKEN.matcher(token.get());
    if (arrival.matches()) {
      long number = Long.parseLong(arrival.group(1));
      return Optional.of(
          id.storable() ? timeline.afterArrival(id.value(), number) : StreamToken.START);
    }
    return Optional.of(
        StreamToken.parse(token.get())
            .orElseThrow(
                () -> ApiException.bad(Errcode.M_UNKNOWN, "'" + name + "' parameter is invalid")));
  }
}
