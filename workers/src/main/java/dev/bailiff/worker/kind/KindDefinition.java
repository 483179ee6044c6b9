package dev.bailiff.worker.kind;

import java.util.List;
import java.util.Set;

/** Defines how workers do a kind of job. Found by {@link java.util.ServiceLoader}; stateless. */
public interface KindDefinition {

  /** Name of the kind, as in its {@link dev.bailiff.schemas.kind.KindContract}. */
  String kind();

  /**
   * The stages in order. A job begins with the stage that its contract names, and goes on with the
   * later ones.
   */
  List<Stage> stages(StageServices services);

  /**
   * Names of stages that not every job goes through. Each of them plans nothing if a job meets it
   * that does not need it: another worker may have gone on from a stage of its own list.
   */
  default Set<String> optionalStages() {
    return Set.of();
  }

  /** Whether a job with these parameters goes through the optional stages. */
  default boolean needsOptionalStages(Record parameters) {
    return true;
  }

  /** Whether workers need the media folder for the kind. */
  default boolean needsMediaFolder() {
    return false;
  }
}
