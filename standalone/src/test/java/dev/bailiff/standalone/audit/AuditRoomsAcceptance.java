package dev.bailiff.standalone.audit;

import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.kind.KindAcceptance;
import dev.bailiff.job.TargetSnapshot;
import java.util.Optional;

/** The auditor is our own, and the rooms are those in which the users are at acceptance. */
public final class AuditRoomsAcceptance implements KindAcceptance<AuditRoomsParameters> {

  @Override
  public String kind() {
    return AuditRoomsContract.KIND;
  }

  @Override
  public Class<AuditRoomsParameters> parameters() {
    return AuditRoomsParameters.class;
  }

  @Override
  public void check(AuditRoomsParameters parameters, LocalServer server, Lookups lookups) {
    if (!server.mayBeOwn(parameters.auditor())) {
      throw ApiException.bad(Errcode.M_FORBIDDEN, "the auditor must be our own");
    }
  }

  @Override
  public Optional<TargetSnapshot> snapshot(AuditRoomsParameters parameters, Lookups lookups) {
    return Optional.of(
        (user, sink) ->
            sink.add(
                AuditRoomsContract.ROOMS, lookups.redaction().redactableRooms(user, null, 1_000)));
  }
}
