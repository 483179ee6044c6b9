package dev.bailiff.gateway.job.submit;

import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.upload.ArrivingTargets;
import dev.bailiff.gateway.job.upload.BodyForms;
import dev.bailiff.gateway.job.upload.MediaTargets;
import dev.bailiff.gateway.job.upload.SubmittedBody;
import dev.bailiff.gateway.job.upload.UploadPlaces;
import dev.bailiff.gateway.request.BodyBudget;
import dev.bailiff.gateway.request.BodyLimit;
import dev.bailiff.gateway.request.BodyStream;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.IdempotencyKey;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetSource;
import dev.bailiff.job.store.TargetUploads;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Submission by our own API: any kind, many targets, at a time, under an idempotency key. */
public final class ApiSubmission {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final KindContracts kinds;
  private final ParameterSchemas schemas;
  private final JobSubmission submission;
  private final Admission admission;
  private final FilterRequests filtered;
  private final TargetUploads uploads;
  private final Clock clock;
  private final Bounds bounds;

  /**
   * Bounds of bodies. They are larger than in other calls, as a job may have a million targets.
   *
   * @param each limit of what is kept of one body
   * @param together budget of what is kept of all bodies at once
   * @param targets how many a job may have
   * @param places for jobs of so many targets that they are not kept
   * @param media which media a job can delete
   */
  public record Bounds(
      BodyLimit each, BodyBudget together, int targets, UploadPlaces places, MediaTargets media) {}

  public ApiSubmission(
      KindContracts kinds,
      ParameterSchemas schemas,
      JobSubmission submission,
      Admission admission,
      Filters filters,
      TargetUploads uploads,
      Bounds bounds) {
    this.kinds = kinds;
    this.schemas = schemas;
    this.submission = submission;
    this.admission = admission;
    this.filtered = new FilterRequests(kinds, schemas, admission, filters, bounds.targets());
    this.uploads = uploads;
    this.clock = filters.clock();
    this.bounds = bounds;
  }

  /**
   * The job of a request, stored now or when the same request was sent before.
   *
   * @throws ApiException if the request is refused
   */
  public Submitted submit(Call call) {
    var key = key(call.idempotencyKey());
    try (var stream = call.body().open(bounds.each(), bounds.together())) {
      try {
        return Submitted.of(submit(call, key, stream));
      } catch (RuntimeException e) {
        stream.discard();
        throw e;
      }
    }
  }

  private Acceptance submit(Call call, @Nullable String key, BodyStream stream) {
    var body = BodyForms.open(call, stream);
    var targets = new ArrivingTargets(body, stream, bounds.media());
    if (!targets.readFirst()) {
      return upload(call, key, body, targets);
    }
    var withFilter = body.request().filter(FilterRequests::hasFilter);
    if (withFilter.isPresent()) {
      return submission.submit(
          filtered.request(call.caller(), withFilter.get(), body.hasTargets(), key), call.caller());
    }
    var checked = check(body, targets);
    if (targets.kept().size() > bounds.targets()) {
      return new Acceptance.TooManyTargets(bounds.targets());
    }
    var list = TargetSource.of(targets.kept());
    new RightsOfSubmission(call.caller().rights()).require(checked.contract().kind(), list);
    return submission.submit(
        request(call, checked, list).under(key(key, () -> digest(checked, list))), call.caller());
  }

  /** Refuses as early as it can: the rest of the body may take minutes. */
  private Acceptance upload(
      Call call, @Nullable String key, SubmittedBody body, ArrivingTargets targets) {
    var early = body.request().map(request -> SubmissionBody.parse(request, kinds, schemas));
    early.ifPresent(
        checked -> {
          checked.requireReason(SubmissionBody.OF_MANY_TARGETS);
          admission.check(checked.parameters());
        });
    var type = early.map(checked -> checked.contract().targetType()).orElse(null);
    TargetUploads.Upload upload =
        table -> {
          var rights = new RightsOfSubmission(call.caller().rights());
          var count = new AtomicLong();
          targets.readRest(
              type,
              portion -> {
                rights.require(portion, count.addAndGet(portion.size()));
                table.add(portion);
              });
          var checked = check(body, targets);
          call.caller().rights().requireSubmission(checked.contract().kind());
          return submission.underPolicy(
              request(call, checked, table)
                  .under(key(key, () -> digest(checked, targets.digest()))),
              call.caller());
        };
    return submission.submit(
        () ->
            bounds
                .places()
                .during(
                    () ->
                        uploads.accept(call.caller().requester(), key, bounds.targets(), upload)));
  }

  private SubmissionBody check(SubmittedBody body, ArrivingTargets targets) {
    var checked = SubmissionBody.parse(body, targets, kinds, schemas);
    admission.check(checked.parameters());
    return checked;
  }

  private JobRequest request(Call call, SubmissionBody body, TargetSource targets) {
    return new JobRequest(
        body.parameters(),
        targets,
        call.caller().requester(),
        call.caller().actingUser(),
        body.terms().from(clock.instant()),
        JobOrigin.LIST,
        false,
        null);
  }

  private static @Nullable IdempotencyKey key(@Nullable String key, Supplier<byte[]> digest) {
    return key == null ? null : new IdempotencyKey(key, digest.get());
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
  private static byte[] digest(SubmissionBody body, TargetSource targets) {
    List<String> ids = new ArrayList<>();
    try (var reading = targets.open()) {
      ids.addAll(reading.next(ArrivingTargets.MOST_KEPT));
    }
    return body.digest(String.join("\n", ids));
  }

  /** Identifies a request by its meaning and the targets in the order in which they came. */
  private static byte[] digest(SubmissionBody body, byte[] targets) {
    return body.digest(HexFormat.of().formatHex(targets));
  }
}
