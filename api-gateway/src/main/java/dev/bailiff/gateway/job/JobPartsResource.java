package dev.bailiff.gateway.job;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.job.export.ExportFormat;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.job.JobId;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.store.JobPartReader;
import dev.bailiff.job.store.JobReader;
import dev.bailiff.schemas.api.FailurePageReply;
import dev.bailiff.schemas.api.SegmentPageReply;
import dev.bailiff.schemas.api.TargetPageReply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lists of one job: its failures, segments and targets, each in its own order. */
@Path("/_bailiff/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class JobPartsResource {
  private static final List<String> VERDICTS =
      Arrays.stream(Verdict.Word.values()).map(Verdict.Word::text).toList();

  private final JobReader jobs;
  private final JobPartReader parts;
  private final JobExports exports;

  public JobPartsResource(JobReader jobs, JobPartReader parts) {
    this.jobs = jobs;
    this.parts = parts;
    this.exports = new JobExports(jobs, parts);
  }

  @GET
  @Needs(Scope.JOBS_READ)
  @Path("/{job_id}/failures")
  public Response failures(
      @PathParam("job_id") PathSegment id,
      @Context Call call,
      @Context HttpServletRequest request) {
    var job = known(id);
    return ExportFormat.of(call.query())
        .map(format -> exports.failures(job).response(format, request))
        .orElseGet(() -> Response.ok(failures(job, call)).build());
  }

  private FailurePageReply failures(JobId job, Call call) {
    var page = PageQuery.parse(call.query());
    var failures = parts.failures(job, page.cursor(Long::parseLong).orElse(0L), page.limit());
    return new FailurePageReply(
        failures.stream().map(JobReplies::failure).toList(),
        page.next(failures, failure -> Long.toString(failure.id())).orElse(null));
  }

  @GET
  @Needs(Scope.JOBS_READ)
  @Path("/{job_id}/segments")
  public SegmentPageReply segments(@PathParam("job_id") PathSegment id, @Context Call call) {
    var job = known(id);
    var page = PageQuery.parse(call.query());
    var after = page.cursor(cursor -> key(job, cursor)).orElse(new SegmentKey(job, -1, -1));
    var segments = parts.segments(job, after.stage(), after.segment(), page.limit());
    return new SegmentPageReply(
        segments.stream().map(JobReplies::segment).toList(),
        page.next(segments, segment -> segment.stage() + "." + segment.segment()).orElse(null));
  }

  @GET
  @Needs(Scope.JOBS_READ)
  @Path("/{job_id}/targets")
  public Response targets(
      @PathParam("job_id") PathSegment id,
      @Context Call call,
      @Context HttpServletRequest request) {
    var job = known(id);
    var verdict = verdict(call.query());
    return ExportFormat.of(call.query())
        .map(format -> exports.targets(job, verdict).response(format, request))
        .orElseGet(() -> Response.ok(targets(job, verdict, call)).build());
  }

  private TargetPageReply targets(JobId job, @Nullable String verdict, Call call) {
    var page = PageQuery.parse(call.query());
    var targets =
        parts.targets(job, verdict, page.cursor(Integer::parseInt).orElse(-1), page.limit());
    return new TargetPageReply(
        targets.stream().map(JobReplies::target).toList(),
        page.next(targets, target -> Integer.toString(target.number())).orElse(null));
  }

  private static @Nullable String verdict(QueryParameters query) {
    return query.has("verdict") ? query.oneOf("verdict", VERDICTS, "") : null;
  }

  private JobId known(PathSegment id) {
    return jobs.find(JobResource.parse(id)).orElseThrow(JobResource::unknown).id();
  }

  private static SegmentKey key(JobId job, String cursor) {
    int dot = cursor.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("not a cursor");
    }
    return new SegmentKey(
        job,
        Integer.parseInt(cursor.substring(0, dot)),
        Integer.parseInt(cursor.substring(dot + 1)));
  }
}
