package dev.bailiff.gateway.admin.report;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.report.UserReport;
import dev.bailiff.homeserver.store.report.UserReportFilter;
import dev.bailiff.homeserver.store.report.UserReports;
import dev.bailiff.schemas.api.EmptyReply;
import dev.bailiff.schemas.api.report.UserReportPageReply;
import dev.bailiff.schemas.api.report.UserReportReply;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Reports on users (admin-api 5.37). */
@Path("/_synapse/admin/v1/user_reports")
@Produces(MediaType.APPLICATION_JSON)
public final class UserReportResource {
  private final UserReports reports;

  public UserReportResource(UserReports reports) {
    this.reports = reports;
  }

  @GET
  @Needs(Scope.REPORTS_READ)
  public UserReportPageReply list(@Context Call call) {
    var query = ReportQuery.parse(call.query());
    var page =
        reports.list(
            new UserReportFilter(
                query.paging().from(),
                query.paging().limit(),
                query.descending(),
                query.filter("user_id"),
                query.filter("target_user_id")));
    return new UserReportPageReply(
        page.items().stream().map(UserReportResource::reply).toList(),
        page.total(),
        query.next(page.total(), page.items().size()));
  }

  @GET
  @Needs(Scope.REPORTS_READ)
  @Path("/{report_id}")
  public UserReportReply show(@PathParam("report_id") PathSegment id) {
    return reply(reports.find(ReportId.parse(id)).orElseThrow(UserReportResource::unknown));
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
    return ApiException.notFound("User report not found");
  }

  private static UserReportReply reply(UserReport report) {
    return new UserReportReply(
        report.id(), report.receivedAt(), report.targetUserId(), report.userId(), report.reason());
  }
}
