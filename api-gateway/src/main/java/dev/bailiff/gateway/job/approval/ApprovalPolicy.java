package dev.bailiff.gateway.job.approval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.selection.SelectionPort;
import dev.bailiff.job.ApprovalTerms;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.store.JobAcceptance;
import dev.bailiff.job.store.UploadedTargets;
import dev.bailiff.schemas.filter.FilterReader;
import dev.bailiff.schemas.filter.Glob;
import dev.bailiff.schemas.kind.TargetType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policy of the configuration. What it says of a request is stored with the job: it is counted
 * by a worker, and waits if its numbers are beyond the bounds.
 *
 * <p>Only where nobody else could approve, more is looked at here, for about a second at most, so
 * that the request is refused at once. What that does not find out waits for an approval.
 */
public final class ApprovalPolicy implements ApprovalRule {
  private static final Duration FILTERING = Duration.ofMillis(500);
  private static final Duration WEIGHING = Duration.ofMillis(500);
  private static final int ROOMS = 1_000;

  private final ApprovalConfig config;
  private final Approvers approvers;
  private final JobAcceptance acceptance;
  private final CountingPort counting;
  private final SelectionPort selection;

  public ApprovalPolicy(
      ApprovalConfig config,
      Approvers approvers,
      JobAcceptance acceptance,
      CountingPort counting,
      SelectionPort selection) {
    this.config = config;
    this.approvers = approvers;
    this.acceptance = acceptance;
    this.counting = counting;
    this.selection = selection;
  }

  /** The refusal of a job that nobody else could approve. */
  public static ApiException nobodyApproves(String why) {
    return new ApiException(
        403,
        Errcode.M_FORBIDDEN,
        "This job needs the approval of a second person, as "
            + why
            + ". Nobody else could give it here: make a token with the scope jobs:approve for somebody"
            + " else (bailiff tokens new --name NAME --preset approver), or switch approvals off (approvals:"
            + " off in the gateway's configuration, or bailiff up --approvals off)");
  }

  @Override
  public JobRequest apply(JobRequest request, Caller caller) {
    if (!config.enabled() || request.terms().dryRun()) {
      return request;
    }
    var terms = terms(request, caller);
    if (!mayNeed(request, terms)) {
      return request;
    }
    boolean possible = approvers.hasOther(terms.askedBy());
    if (!possible && acceptance.earlier(request).isEmpty()) {
      var why = whyAtOnce(request, terms);
      if (why != null) {
        throw nobodyApproves(why);
      }
    }
    return request.approvedBy(terms.withPossible(possible));
  }

  private ApprovalTerms terms(JobRequest request, Caller caller) {
    return new ApprovalTerms(
        always(request),
        ApprovalConfig.bound(config.accounts()),
        ApprovalConfig.bound(config.targets()),
        ApprovalConfig.bound(config.members()),
        Approvers.askedBy(caller),
        config.expiry().toJavaDuration(),
        true);
  }

  private @Nullable String always(JobRequest request) {
    var reasons = new ArrayList<String>();
    if (config.kinds().contains(request.kind().name())) {
      reasons.add("every job of the kind " + request.kind().name() + " does");
    }
    if (config.erase() && erases(request)) {
      reasons.add("it erases");
    }
    if (config.requesters().stream()
        .anyMatch(glob -> new Glob(glob, false).matches(request.requester()))) {
      reasons.add("every job of " + request.requester() + " does");
    }
    return reasons.isEmpty() ? null : String.join("; ", reasons);
  }

  private static boolean erases(JobRequest request) {
    return request.parameters().json().findValues("erase").stream().anyMatch(JsonNode::asBoolean);
  }

  /** Whether it is worth the look who could approve. The store decides by the exact numbers. */
  private static boolean mayNeed(JobRequest request, ApprovalTerms terms) {
    if (terms.always() != null || weighs(request, terms)) {
      return true;
    }
    int most = least(terms.mostAccounts(), terms.mostTargets());
    if (most == Integer.MAX_VALUE
        || request.origin().filter() != null
        || request.targets() instanceof UploadedTargets) {
      return most != Integer.MAX_VALUE;
    }
    try (var targets = request.targets().open()) {
      return targets.next(most + 1).size() > most;
    }
  }

  private static boolean weighs(JobRequest request, ApprovalTerms terms) {
    return request.parameters().contract().targetType() == TargetType.ROOM
        && terms.mostMembers() != null;
  }

  private static int least(@Nullable Integer one, @Nullable Integer other) {
    return Math.min(
        one == null ? Integer.MAX_VALUE : one, other == null ? Integer.MAX_VALUE : other);
  }

  /** Why a request needs an approval, as far as that shows in a second; null if it does not. */
  private @Nullable String whyAtOnce(JobRequest request, ApprovalTerms terms) {
    if (terms.always() != null) {
      return terms.always();
    }
    try {
      var filter = request.origin().filter();
      if (filter != null) {
        return whyOfFilter(request, filter, terms);
      }
      return weighs(request, terms) ? terms.why(0, 0, largestRoom(request)) : null;
    } catch (HomeserverUnavailableException | ApiException e) {
      return null;
    }
  }

  private @Nullable String whyOfFilter(JobRequest request, JsonNode stored, ApprovalTerms terms) {
    var type = request.parameters().contract().targetType();
    var filter = FilterReader.stored(type, stored);
    long count = selection.count(filter, 0, FILTERING).count();
    return terms.why(count, type == TargetType.USER ? count : 0, 0);
  }

  private long largestRoom(JobRequest request) {
    List<String> ids;
    try (var targets = request.targets().open()) {
      ids = targets.next(ROOMS);
    }
    long end = System.nanoTime() + WEIGHING.toNanos();
    long largest = 0;
    for (int seen = 0; seen < ids.size() && System.nanoTime() - end < 0; ) {
      var some = new ArrayList<Target>();
      for (int n = seen; n < ids.size() && some.size() < 20; n++) {
        some.add(new Target(n, ids.get(n)));
      }
      var counted = counting.members(some);
      largest =
          Math.max(largest, counted.numbers().known().getOrDefault(CountingPort.LARGEST_ROOM, 0L));
      seen += Math.max(1, counted.targets());
    }
    return largest;
  }
}
