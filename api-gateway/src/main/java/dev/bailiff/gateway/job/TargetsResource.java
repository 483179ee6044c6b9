package dev.bailiff.gateway.job;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.rights.Needs;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.submit.Filters;
import dev.bailiff.gateway.job.submit.SubmittedKind;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.job.KindContracts;
import dev.bailiff.schemas.api.TargetCountReply;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Set;

/** Targets that a filter would find. */
@Path("/_bailiff/v1/targets")
@Produces(MediaType.APPLICATION_JSON)
public final class TargetsResource {
  private static final Set<String> KEYS = Set.of("kind", "filter");
  private static final int SAMPLE = 20;

  /** The answer comes within two seconds, with what lies around the count. */
  private static final Duration WITHIN = Duration.ofMillis(1_500);

  private final KindContracts kinds;
  private final Filters filters;

  public TargetsResource(KindContracts kinds, Filters filters) {
    this.kinds = kinds;
    this.filters = filters;
  }

  @POST
  @Needs(Scope.JOBS_SUBMIT)
  @Path("/count")
  public TargetCountReply count(@Context Call call) {
    var body = call.body().required();
    BodyKeys.refuseOthers(body, KEYS, "is not a key of a count");
    var kind = SubmittedKind.read(body, kinds);
    call.caller().rights().requireSubmission(kind.kind());
    call.caller().rights().requireAnyTarget();
    if (!body.has("filter")) {
      throw ApiException.bad(Errcode.M_MISSING_PARAM, "'filter' is missing");
    }
    var count = filters.selection().count(filters.read(kind, body.path("filter")), SAMPLE, WITHIN);
    return new TargetCountReply(count.count(), count.exact(), count.sample());
  }
}
