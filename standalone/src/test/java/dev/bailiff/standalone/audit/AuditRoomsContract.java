package dev.bailiff.standalone.audit;

import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.schemas.kind.TargetType;
import java.util.List;
import java.util.Optional;

/** {@code audit-rooms}: in how many rooms users were when the job was accepted. */
public final class AuditRoomsContract implements KindContract {
  static final String KIND = "audit-rooms";

  /** List of a user's rooms, in the snapshot of the job. */
  static final String ROOMS = "audited";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public TargetType targetType() {
    return TargetType.USER;
  }

  @Override
  public Class<? extends Record> parameters() {
    return AuditRoomsParameters.class;
  }

  @Override
  public Optional<String> problem(List<String> targets, Record parameters) {
    return targets.contains(((AuditRoomsParameters) parameters).auditor())
        ? Optional.of("nobody audits themselves")
        : Optional.empty();
  }
}
