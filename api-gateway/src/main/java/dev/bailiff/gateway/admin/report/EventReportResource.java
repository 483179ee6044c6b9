package dev.bailiff.gateway.admin.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.JsonStream;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.report.EventReport;
import dev.bailiff.homeserver.store.report.EventReportFilter;
import dev.bailiff.homeserver.store.report.EventReports;
import dev.bailiff.homeserver.store.timeline.Timeline;
import dev.bailiff.schemas.api.EmptyReply;
import dev.bailiff.schemas.api.report.EventReportPageReply;
import dev.bailiff.schemas.api.report.EventReportReply;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
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
  @Needs(Scope.REPORTS_READ)
  public EventReportPageReply list(@Context Call call) {
    var query = ReportQuery.parse(call.query());
    var page =
        reports.list(
            new EventReportFilter(
                query.paging().from(),
                query.paging().limit(),
                query.descending(),
                query.filter("user_id"),
                query.filter("room_id"),
                query.filter("event_sender_user_id")));
    return new EventReportPageReply(
        page.items().stream().map(EventReportResource::inList).toList(),
        page.total(),
        query.next(page.total(), page.items().size()));
  }

  /** A report whose event is gone cannot be shown whole, so it counts as not found. */
  @GET
  @Needs(Scope.REPORTS_READ)
  @Path("/{report_id}")
  public StreamingOutput show(@PathParam("report_id") PathSegment id) {
    var report = reports.find(ReportId.parse(id)).orElseThrow(EventReportResource::unknown);
    var event = timeline.asSent(report.eventId()).orElseThrow(EventReportResource::unknown);
    return JsonStream.ofValue(reply(report, event));
  }

  @DELETE
  @Needs(Scope.REPORTS_WRITE)
  @Path("/{report_id}")
  public EmptyReply delete(@PathParam("report_id") PathSegment id) {
    if (!reports.delete(ReportId.parse(id))) {
      throw unknown();
    }
    return new EmptyReply();
  }

  private static ApiException unknown() {
    return ApiException.notFound("Event report not found");
  }

  private static EventReportReply inList(EventReport report) {
    return reply(report, null);
  }

  private static EventReportReply reply(EventReport report, @Nullable JsonNode event) {
    return new EventReportReply(
        report.id(),
        report.receivedAt(),
        report.roomId(),
        report.eventId(),
        report.userId(),
        report.score(),
        report.reason(),
        report.sender(),
        report.canonicalAlias(),
        report.name(),
        event);
  }
}
