package dev.bailiff.gateway.job.wait;

import dev.bailiff.gateway.auth.hold.HeldTokens;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.error.ErrorMapper;
import dev.bailiff.gateway.error.ErrorReply;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.schemas.api.UnfinishedReply;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One call that waits, and its possible replies. Compared by identity. */
final class Wait {
  private final JobId job;
  private final WaitedReply reply;
  private final AsyncResponse response;
  private volatile @Nullable Future<?> deadline;
  private volatile HeldTokens.Hold hold = HeldTokens.Hold.NONE;

  Wait(JobId job, WaitedReply reply, AsyncResponse response) {
    this.job = job;
    this.reply = reply;
    this.response = response;
  }

  JobId job() {
    return job;
  }

  void deadline(Future<?> scheduled) {
    deadline = scheduled;
  }

  void hold(HeldTokens.Hold taken) {
    hold = taken;
  }

  /** Lets go of what outlives the wait. */
  void release() {
    var scheduled = deadline;
    if (scheduled != null) {
      scheduled.cancel(false);
    }
    hold.close();
  }

  /**
   * Ends the wait; called once. A client that has gone does not get the reply, which does no harm.
   */
  void answer(Response done) {
    release();
    response.resume(done);
  }

  /** Whether the call need not wait any longer. */
  boolean isOver(JobView view) {
    return view.status().isTerminal()
        || view.status() == JobStatus.AWAITING_APPROVAL
        || reply.isEnough(view);
  }

  /**
   * The final reply: the documented body, or the job's own error. A job that waits for a person is
   * not waited for.
   */
  Response over(JobView view) {
    return switch (view.status()) {
      case FAILED -> named(ErrorMapper.response(errorOf(view)));
      case CANCELLED ->
          named(
              ErrorMapper.response(
                  view.error() == null
                      ? ErrorReply.of(409, Errcode.M_UNKNOWN, "The job was cancelled")
                      : errorOf(view)));
      case AWAITING_APPROVAL -> tooLate(view);
      default -> named(Response.ok(reply.body(view), MediaType.APPLICATION_JSON_TYPE).build());
    };
  }

  /** The reply to a call whose token is not valid any more. The job goes on. */
  Response revoked() {
    return named(ErrorMapper.response(HeldTokens.REFUSAL));
  }

  /**
   * The reply to a call that does not wait any longer: where the job can be read, and the state
   * that is known.
   */
  Response tooLate(@Nullable JobView view) {
    var status = view == null ? "active" : AdminApiStatus.of(view.status());
    var body = new UnfinishedReply(bodySoFar(view), job.toString(), status);
    return named(
        Response.status(202)
            .header("Location", JobHeaders.location(job))
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(body)
            .build());
  }

  private Record bodySoFar(@Nullable JobView view) {
    try {
      return reply.body(view);
    } catch (RuntimeException e) {
      return reply.body(null);
    }
  }

  private static ErrorReply errorOf(JobView view) {
    var error = view.error();
    if (error == null || error.status() < 400 || error.status() > 599) {
      return ErrorReply.of(500, Errcode.M_UNKNOWN, error == null ? "The job failed" : error.text());
    }
    return new ErrorReply(error.status(), error.code(), error.text(), Map.of());
  }

  private Response named(Response done) {
    return JobHeaders.named(Response.fromResponse(done), job).build();
  }
}
