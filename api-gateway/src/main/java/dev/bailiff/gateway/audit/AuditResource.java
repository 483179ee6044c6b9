package dev.bailiff.gateway.audit;

import dev.bailiff.access.Scope;
import dev.bailiff.audit.AuditReader;
import dev.bailiff.audit.AuditRow;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.job.export.Column;
import dev.bailiff.gateway.job.export.ExportFormat;
import dev.bailiff.gateway.job.export.ExportedList;
import dev.bailiff.schemas.api.audit.AuditEntryReply;
import dev.bailiff.schemas.api.audit.AuditPageReply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The audit, the newest rows first. */
@Path("/_bailiff/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {
  private static final List<Column<AuditRow>> COLUMNS =
      List.of(
          new Column<>("id", row -> Long.toString(row.id())),
          new Column<>("at", row -> row.at().toString()),
          new Column<>("who", AuditRow::who),
          new Column<>("token", AuditRow::token),
          new Column<>("address", AuditRow::address),
          new Column<>("what", AuditRow::what),
          new Column<>("whom", AuditRow::whom),
          new Column<>("why", AuditRow::why),
          new Column<>("job_id", row -> row.job() == null ? null : String.valueOf(row.job())),
          new Column<>("items", row -> String.join(" ", row.items())),
          new Column<>("result", AuditRow::result));

  private final AuditReader audit;

  AuditResource(AuditReader audit) {
    this.audit = audit;
  }

  @GET
  @Needs(Scope.AUDIT_READ)
  public Response list(@Context Call call, @Context HttpServletRequest request) {
    var filter = AuditQuery.filter(call.query());
    return ExportFormat.of(call.query())
        .map(format -> export(filter).response(format, request))
        .orElseGet(() -> Response.ok(page(filter, call)).build());
  }

  private AuditPageReply page(AuditReader.Filter filter, Call call) {
    int limit = AuditQuery.limit(call.query());
    var rows = audit.page(filter, AuditQuery.from(call.query()).orElse(null), limit);
    return new AuditPageReply(
        rows.stream().map(AuditResource::reply).toList(),
        rows.size() < limit ? null : AuditQuery.write(rows.get(rows.size() - 1).place()));
  }

  private ExportedList<AuditRow> export(AuditReader.Filter filter) {
    return new ExportedList<>(
        "audit",
        COLUMNS,
        AuditResource::reply,
        last -> audit.page(filter, last == null ? null : last.place(), ExportedList.PAGE),
        () -> true);
  }

  private static AuditEntryReply reply(AuditRow row) {
    return new AuditEntryReply(
        row.id(),
        row.at(),
        row.who(),
        row.token(),
        row.address(),
        row.what(),
        row.whom(),
        row.why(),
        row.job(),
        row.items(),
        row.result());
  }
}
