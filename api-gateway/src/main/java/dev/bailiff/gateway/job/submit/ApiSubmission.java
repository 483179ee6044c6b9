package dev.bailiff.gateway.job.submit;

import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyBudget;
import dev.bailiff.gateway.request.BodyLimit;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.IdempotencyKey;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetSource;
import dev.bailiff.secret.Sha256;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Submission by our own API: any kind, many targets, at a time, under an idempotency key. */
public final class ApiSubmission {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final KindContracts kinds;
  private final ParameterSchemas schemas;
  private final JobSubmission submission;
  private final Admission admission;
  private final Clock clock;
  private final Bounds bounds;

  /**
   * Bounds of bodies. They are larger than in other calls, as a job may have a million targets.
   *
   * @param each limit of one body
   * @param together budget of all bodies at once
   */
  public record Bounds(BodyLimit each, BodyBudget together) {}

  public ApiSubmission(
      KindContracts kinds,
      ParameterSchemas schemas,
      JobSubmission submission,
      Admission admission,
      Clock clock,
      Bounds bounds) {
    this.kinds = kinds;
    this.schemas = schemas;
    this.submission = submission;
    this.admission = admission;
    this.clock = clock;
    this.bounds = bounds;
  }

  /**
   * A job in the reply to its submission.
   *
   * @param status as stored; empty if the same request was sent before, as the job has moved on
   *     since
   */
  public record Submitted(JobId job, Optional<JobStatus> status) {}

  /**
   * The job of a request, stored now or when the same request was sent before.
   *
   * @throws ApiException if the request is refused
   */
  public Submitted submit(Call call) {
    var key = key(call.idempotencyKey());
    var body =
        SubmissionBody.parse(
            call.body().required(bounds.each(), bounds.together()), kinds, schemas);
    admission.check(body.parameters());
    // A time in the past means now.
    var runAt = body.runAt() != null && body.runAt().isAfter(clock.instant()) ? body.runAt() : null;
    var request =
        new JobRequest(
            body.parameters(),
            TargetSource.of(body.targets()),
            call.caller().requester(),
            call.caller().actingUser(),
            body.reason(),
            body.pace(),
            runAt,
            false,
            key == null ? null : new IdempotencyKey(key, digest(body)));
    var acceptance = submission.submit(request);
    if (acceptance instanceof Acceptance.Accepted accepted) {
      return new Submitted(accepted.job(), Optional.of(accepted.status()));
    }
    if (acceptance instanceof Acceptance.Repeated repeated) {
      return new Submitted(repeated.job(), Optional.empty());
    }
    if (acceptance instanceof Acceptance.Claimed claimed) {
      throw new ApiException(409, Errcode.M_UNKNOWN, claimed.target() + " belongs to another job");
    }
    throw new ApiException(
        422, Errcode.M_UNKNOWN, "The Idempotency-Key was used for another request");
  }

  private static @Nullable String key(List<String> headers) {
    if (headers.isEmpty()) {
      return null;
    }
    if (headers.size() > 1 || !KEY.matcher(headers.get(0)).matches()) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM,
          "There must be one Idempotency-Key of 1 to 255 visible ASCII characters");
    }
    return headers.get(0);
  }

  /** Identifies a request by its meaning: order and repetition of targets make no difference. */
  private static byte[] digest(SubmissionBody body) {
    var text =
        String.join(
            "\n",
            body.parameters().contract().kind(),
            String.join("\n", body.targets()),
            body.parameters().json().toString(),
            String.valueOf(body.reason()),
            String.valueOf(body.runAt()));
    var pace = body.pace();
    // Requests without a pace keep the digest that they had before there was one.
    return Sha256.of(pace == null ? text : text + "\n" + pace.word());
  }
}
