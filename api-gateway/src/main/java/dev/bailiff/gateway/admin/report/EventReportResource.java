package dev.bailiff.gateway.admin.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.JsonStream;
import dev.bailiff.gateway.request.Paging;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.homeserver.store.report.EventReport;
import dev.bailiff.homeserver.store.report.EventReportFilter;
import dev.bailiff.homeserver.store.report.EventReports;
import dev.bailiff.homeserver.store.timeline.Timeline;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports on events (admin-api 5.36). */
@Path("/_synapse/admin/v1/event_reports")
@Produces(MediaType.APPLICATION_JSON)
public final class EventReportResource {
  private final EventReports reports;
  private final Timeline timeline;

  public EventReportResource(EventReports reports, Timeline timeline) {
    this.reports = reports;
    this.timeline = timeline;
  }

  @GET
  public ObjectNode list(@Context Call call) {
    var query = call.query();
    var paging = Paging.parse(query);
    boolean descending = query.oneOf("dir", List.of("f", "b"), "b").equals("b");
    var page =
        reports.list(
            new EventReportFilter(
                paging.from(),
                paging.limit(),
                descending,
                text(query, "user_id"),
                text(query, "room_id"),
                text(query, "event_sender_user_id")));
    var body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("event_reports");
    page.items().forEach(report -> list.add(json(report)));
    body.put("total", page.total());
    if (paging.hasMore(page.total())) {
      body.put("next_token", paging.from() + page.items().size());
    }
    return body;
  }

  /** A report whose event is gone cannot be shown whole, and is not found. */
  @GET
  @Path("/{report_id}")
  public StreamingOutput show(@PathParam("report_id") PathSegment id) {
    var report = reports.find(ReportId.parse(id)).orElseThrow(EventReportResource::unknown);
    var event = timeline.asSent(report.eventId()).orElseThrow(EventReportResource::unknown);
    return JsonStream.ofValue(json(report).set("event_json", event));
  }

  @DELETE
  @Path("/{report_id}")
  public ObjectNode delete(@PathParam("report_id") PathSegment id) {
    if (!reports.delete(ReportId.parse(id))) {
      throw unknown();
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private static @Nullable String text(QueryParameters query, String name) {
    return query.ascii(name).filter(value -> !value.isEmpty()).orElse(null);
  }

  private static ApiException unknown() {
    return ApiException.notFound("Event report not found");
  }

  private static ObjectNode json(EventReport report) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", report.id())
        .put("received_ts", report.receivedAt())
        .put("room_id", report.roomId())
        .put("event_id", report.eventId())
        .put("user_id", report.userId())
        .put("score", report.score())
        .put("reason", report.reason())
        .put("sender", report.sender())
        .put("canonical_alias", report.canonicalAlias())
        .put("name", report.name());
  }
}
