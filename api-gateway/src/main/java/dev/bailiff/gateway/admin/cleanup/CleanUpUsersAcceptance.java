package dev.bailiff.gateway.admin.cleanup;

import dev.bailiff.gateway.admin.redaction.RedactionAcceptance;
import dev.bailiff.gateway.backend.Lookups;
import dev.bailiff.gateway.job.kind.KindAcceptance;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.schemas.kind.CleanUpUsersContract;
import dev.bailiff.schemas.kind.CleanUpUsersParameters;
import java.util.Optional;

/**
 * The rooms in which the users have written when the job is accepted belong to its redaction,
 * whatever becomes of these users until it begins. A stage behind the suspension adds the rooms in
 * which they wrote meanwhile.
 */
public final class CleanUpUsersAcceptance implements KindAcceptance<CleanUpUsersParameters> {
  private final RedactionAcceptance redaction = new RedactionAcceptance();

  @Override
  public String kind() {
    return CleanUpUsersContract.KIND;
  }

  @Override
  public Class<CleanUpUsersParameters> parameters() {
    return CleanUpUsersParameters.class;
  }

  @Override
  public Optional<TargetSnapshot> snapshot(CleanUpUsersParameters parameters, Lookups lookups) {
    return parameters.redacts()
        ? redaction.snapshot(parameters.redaction(), lookups)
        : Optional.empty();
  }
}
