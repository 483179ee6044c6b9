package dev.bailiff.gateway.admin.history;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.job.JobErrorText;
import dev.bailiff.gateway.job.KindNames;
import dev.bailiff.gateway.job.wait.AdminApiStatus;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.store.JobReader;
import dev.bailiff.schemas.api.history.HistoryPurgeStatusReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Shows the progress of a purge of history (admin-api 5.12). */
@Path("/_synapse/admin/v1/purge_history_status/{purge_id}")
@Produces(MediaType.APPLICATION_JSON)
public final class HistoryPurgeStatusResource {
  private final JobReader jobs;

  public HistoryPurgeStatusResource(JobReader jobs) {
    this.jobs = jobs;
  }

  @GET
  @Needs(Scope.JOBS_READ)
  public HistoryPurgeStatusReply status(@PathParam("purge_id") PathSegment id) {
    var job =
        JobId.parse(id.value())
            .flatMap(jobs::find)
            .filter(found -> found.kind().equals(KindNames.PURGE_HISTORY))
            .orElseThrow(() -> ApiException.notFound("purge id '" + id.value() + "' not found"));
    boolean failed = job.status() == JobStatus.FAILED || job.status() == JobStatus.CANCELLED;
    return new HistoryPurgeStatusReply(
        // Unlike the other calls, this one has no word for a job that has not begun.
        job.status().isTerminal() ? AdminApiStatus.of(job.status()) : "active",
        failed ? JobErrorText.of(job.error()) : null);
  }
}
