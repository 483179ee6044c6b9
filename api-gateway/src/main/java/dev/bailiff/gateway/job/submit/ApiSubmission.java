package dev.bailiff.gateway.job.submit;

import dev.bailiff.access.Scope;
import dev.bailiff.access.TokenUses;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.guard.LeftAlone;
import dev.bailiff.gateway.job.upload.ArrivingTargets;
import dev.bailiff.gateway.job.upload.BodyForms;
import dev.bailiff.gateway.job.upload.MediaTargets;
import dev.bailiff.gateway.job.upload.SubmittedBody;
import dev.bailiff.gateway.job.upload.UploadPlaces;
import dev.bailiff.gateway.request.BodyBudget;
import dev.bailiff.gateway.request.BodyLimit;
import dev.bailiff.gateway.request.BodyStream;
import dev.bailiff.guard.Rail;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.IdempotencyKey;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetSource;
import dev.bailiff.job.store.TargetUploads;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
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
  private final Guard guard;

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
      Bounds bounds,
      Guard guard) {
    this.guard = guard;
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
        return submit(call, key, stream);
      } catch (RuntimeException e) {
        stream.discard();
        throw e;
      }
    }
  }

  private Submitted submit(Call call, @Nullable String key, BodyStream stream) {
    var body = BodyForms.open(call, stream);
    var targets = new ArrivingTargets(body, stream, bounds.media());
    if (!targets.readFirst()) {
      return upload(call, key, body, targets);
    }
    var withFilter = body.request().filter(FilterRequests::hasFilter);
    if (withFilter.isPresent()) {
      return filtered(
          call, filtered.request(call.caller(), withFilter.get(), body.hasTargets(), key));
    }
    var checked = check(body, targets);
    if (targets.kept().size() > bounds.targets()) {
      return Submitted.of(new Acceptance.TooManyTargets(bounds.targets()));
    }
    var lookedFor = checked.contract().conditionOfTargets(checked.parameters().values());
    if (lookedFor.isPresent()) {
      return filtered(
          call, filtered.request(call.caller(), checked, lookedFor.get(), targets.kept(), key));
    }
    var list = TargetSource.of(targets.kept());
    new RightsOfSubmission(call.caller().rights()).require(checked.contract().kind(), list);
    return named(
        call,
        request(call, checked, list).under(key(key, () -> digest(checked, list))),
        targets.kept(),
        checked.force());
  }

  private Submitted filtered(Call call, JobRequest request) {
    var limits = submission.limits();
    limits.requireCountable(call.caller(), request.terms().dryRun());
    return Submitted.of(
        limits.within(call.caller(), () -> 0, () -> submission.submit(request, call.caller())));
  }

  /** A job of targets that are all known here: the reply says which of them are left alone. */
  private Submitted named(
      Call call, JobRequest request, Collection<String> targets, boolean force) {
    if (force) {
      requireForce(call, targets.size());
    }
    var left = guard.of(call.caller(), targets, force);
    if (left.isAll() && !request.terms().dryRun()) {
      // What was accepted under the key stays accepted.
      var earlier = submission.earlier(request);
      if (earlier.isEmpty()) {
        throw left.refusal();
      }
      return Submitted.of(earlier.get());
    }
    var waived = force ? Set.of(Rail.FORCED) : Set.<String>of();
    return Submitted.of(
            submission
                .limits()
                .within(
                    call.caller(),
                    () -> counted(request, targets.size()),
                    () -> submission.submit(request, call.caller(), waived)))
        .leaving(left);
  }

  /** A dry run changes none of its targets. */
  private static long counted(JobRequest request, long targets) {
    return request.terms().dryRun() ? 0 : targets;
  }

  /** Whoever forces something looks at each target, so there are few. */
  private static void requireForce(Call call, int targets) {
    call.caller().rights().requireScope(Scope.JOBS_FORCE.word());
    if (targets > LeftAlone.MOST_ASKED) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM,
          "A job with 'force' has at most " + LeftAlone.MOST_ASKED + " targets");
    }
  }

  /** Refuses as early as it can: the rest of the body may take minutes. */
  private Submitted upload(
      Call call, @Nullable String key, SubmittedBody body, ArrivingTargets targets) {
    var early = body.request().map(request -> SubmissionBody.parse(request, kinds, schemas));
    early.ifPresent(
        checked -> {
          checked.requireReason(SubmissionBody.OF_MANY_TARGETS);
          FilterRequests.refuseMany(checked);
          admission.check(checked.parameters());
        });
    var type = early.map(checked -> checked.contract().targetType()).orElse(null);
    early
        .filter(SubmissionBody::force)
        .ifPresent(checked -> requireForce(call, ArrivingTargets.MOST_KEPT));
    var left = new LeftAlone();
    var use = new AtomicReference<TokenUses.@Nullable Counted>();
    TargetUploads.Upload upload =
        table -> {
          var rights = new RightsOfSubmission(call.caller().rights());
          var count = new AtomicLong();
          targets.readRest(
              type,
              portion -> {
                rights.require(portion, count.addAndGet(portion.size()));
                guard.add(left, call.caller(), portion, false);
                table.add(portion);
              });
          var checked = check(body, targets);
          FilterRequests.refuseMany(checked);
          call.caller().rights().requireSubmission(checked.contract().kind());
          if (checked.force()) {
            requireForce(call, ArrivingTargets.MOST_KEPT);
          }
          if (left.isAll() && !checked.terms().dryRun()) {
            throw left.refusal();
          }
          var request =
              submission.underPolicy(
                  request(call, checked, table)
                      .under(key(key, () -> digest(checked, targets.digest()))),
                  call.caller());
          use.set(
              submission.limits().count(call.caller(), counted(request, count.get())).orElse(null));
          return request;
        };
    var acceptance =
        submission.submit(
            () ->
                bounds
                    .places()
                    .during(
                        () ->
                            uploads.accept(
                                call.caller().requester(), key, bounds.targets(), upload)));
    var counted = use.get();
    if (counted != null) {
      submission.limits().settle(counted, acceptance);
    }
    return Submitted.of(acceptance).leaving(left);
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
