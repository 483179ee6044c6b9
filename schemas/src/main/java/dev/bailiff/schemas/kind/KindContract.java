package dev.bailiff.schemas.kind;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The properties of a job kind that gateways and workers share. Topic, share group and slots are
 * derived from {@link #kind()}. {@link java.util.ServiceLoader} finds the contracts;
 * implementations are stateless.
 */
public interface KindContract {

  /**
   * The accepting side takes a snapshot of at most this number of targets. In a job of more targets
   * a stage takes the snapshot, because the caller would wait too long.
   */
  int MOST_TARGETS_IN_SNAPSHOT = 100;

  /** The first stage, unless a kind names another. */
  String PLAN = "plan";

  /** Looks up the rooms of many users, before the plan. */
  String FIND_ROOMS = "find-rooms";

  /** Finds the targets of a job with a filter, before every other stage. Of all kinds. */
  String RESOLVE = "resolve";

  /** Counts what a job would work, and changes nothing. The only stage of a dry run's own. */
  String DRY_RUN = "dry-run";

  /** Finds the targets as {@link #RESOLVE} does, of a job that may need an approval. */
  String FIND = "find";

  /** Looks how many members the rooms of a job have, as that decides whether it needs approval. */
  String WEIGH = "weigh";

  /** Counts as {@link #DRY_RUN} does what a job would work that needs an approval. */
  String COUNT = "count-first";

  /**
   * The stages before an approval. Workers of older releases do not know them, so they leave such
   * jobs alone.
   */
  Set<String> BEFORE_APPROVAL = Set.of(FIND, WEIGH, COUNT);

  /** Judges what became of the targets: the last stage of a kind that has it. */
  String VERIFY = "verify";

  /**
   * Stages that prepare the targets for the stages behind them. One segment spans all targets of a
   * preparing stage. A job fails if it cannot be prepared.
   */
  Set<String> PREPARING = Set.of(RESOLVE, DRY_RUN, PLAN, FIND_ROOMS, FIND, WEIGH, COUNT);

  /** Stable name in JSON, columns and topics: lower case words joined by {@code -}. */
  String kind();

  /** The type of the job's targets. */
  TargetType targetType();

  /** The record that the job's {@code parameters} become. */
  Class<? extends Record> parameters();

  /** Name of the stage that a job of this kind begins with. */
  default String firstStage(Record parameters, int targets) {
    return PLAN;
  }

  /** The fault of parameters that are valid by themselves, but not for these targets. */
  default Optional<String> problem(List<String> targets, Record parameters) {
    return Optional.empty();
  }

  /**
   * The fault of parameters that are valid by themselves, but not for targets that a filter finds.
   */
  default Optional<String> problemWithFilter(Record parameters) {
    return problem(List.of(), parameters);
  }

  /**
   * Key of the condition that finds the targets, if they are more than those that a request lists.
   * The job then begins like one with a filter, which has the listed targets as its value.
   *
   * @return empty if the listed targets are all
   */
  default Optional<String> conditionOfTargets(Record parameters) {
    return Optional.empty();
  }

  /** Class path resource of the JSON Schema of the parameters. */
  default String schemaResource() {
    return "/dev/bailiff/schemas/kind/" + kind() + ".schema.json";
  }
}
