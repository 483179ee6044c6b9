package dev.bailiff.gateway.job;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.receipt.ReceiptText;
import dev.bailiff.gateway.job.receipt.Receipts;
import dev.bailiff.gateway.request.AcceptedTypes;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobReader;
import dev.bailiff.schemas.api.receipt.ReceiptReply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** What a job did, to be kept or sent. */
@Path("/_bailiff/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class ReceiptResource {
  private final JobReader jobs;
  private final Receipts receipts;

  public ReceiptResource(JobReader jobs, Receipts receipts) {
    this.jobs = jobs;
    this.receipts = receipts;
  }

  @GET
  @Needs(Scope.JOBS_READ)
  @Path("/{job_id}/receipt")
  public Response show(
      @PathParam("job_id") PathSegment id,
      @Context Call call,
      @Context HttpServletRequest request) {
    var job = jobs.find(JobResource.parse(id)).orElseThrow(JobResource::unknown);
    var target = call.query().utf8("target").orElse(null);
    requireDone(job);
    var receipt = receipt(job, target);
    return wantsText(request)
        ? Response.ok(ReceiptText.of(receipt))
            .header("Content-Type", "text/plain; charset=UTF-8")
            .build()
        : Response.ok(receipt).build();
  }

  private ReceiptReply receipt(JobView job, @Nullable String target) {
    return target == null
        ? receipts.of(job)
        : receipts
            .of(job, target)
            .orElseThrow(() -> ApiException.notFound("The job has no such target"));
  }

  private static void requireDone(JobView job) {
    if (!job.status().isTerminal()) {
      throw new ApiException(
          409, Errcode.M_UNKNOWN, "The job has not ended, and a receipt tells what was done");
    }
    if (job.terms().dryRun()) {
      throw new ApiException(
          409, Errcode.M_UNKNOWN, "The job was a dry run, so there is nothing that was done");
    }
  }

  private static boolean wantsText(HttpServletRequest request) {
    return request.getAttribute(AcceptedTypes.class.getName()) instanceof AcceptedTypes types
        && types.prefer(MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON);
  }
}
