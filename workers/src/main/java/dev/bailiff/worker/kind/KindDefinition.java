package dev.bailiff.worker.kind;

import java.util.List;

/** Defines how workers do a kind of job. Found by {@link java.util.ServiceLoader}; stateless. */
public interface KindDefinition {

  /** Name of the kind, as in its {@link dev.bailiff.schemas.kind.KindContract}. */
  String kind();

  /**
   * The stages in order. A job begins with the stage that its contract names, and goes on with the
   * later ones.
   */
  List<Stage> stages(StageServices services);

  /** Whether workers need the media folder for the kind. */
  default boolean needsMediaFolder() {
    return false;
  }
}
