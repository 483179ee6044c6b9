package dev.bailiff.schemas.kind;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What everybody must know of a job kind. Its topic, share group and slots are derived from {@link
 * #kind()}. Found by {@link java.util.ServiceLoader}; implementations are stateless.
 */
public interface KindContract {

  /**
   * Up to so many targets the accepting side stores what each of them means. Of a job of more,
   * which would keep its caller waiting, a stage does it.
   */
  int MOST_FROZEN_AT_ACCEPTANCE = 100;

  /** The first stage, unless a kind says another. */
  String PLAN = "plan";

  /** Looks up the rooms of many users, before the plan. */
  String FIND_ROOMS = "find-rooms";

  /**
   * Stages that prepare the targets for the stages behind them. One segment spans all targets of
   * such a stage. A job fails if it cannot be prepared.
   */
  Set<String> PREPARING = Set.of(PLAN, FIND_ROOMS);

  /** Stable name in JSON, columns and topics: lower case words joined by {@code -}. */
  String kind();

  /** What the job's targets are. */
  TargetType targetType();

  /** The record that the job's {@code parameters} become. */
  Class<? extends Record> parameters();

  /**
   * Whether a job owns its targets until it ends, so that no other job of a claiming kind works on
   * them.
   */
  boolean claimsTargets();

  /**
   * Whether these parameters mean "the user's rooms as they are now": the accepting side then
   * stores the rooms, as they may be gone when the job starts ({@link #MOST_FROZEN_AT_ACCEPTANCE}).
   */
  default boolean freezesRooms(Record parameters) {
    return false;
  }

  /**
   * A user whom these parameters name and who must be of our own server, as the job acts in their
   * name; null for none.
   */
  default @Nullable String ownUser(Record parameters) {
    return null;
  }

  /**
   * Whether these parameters mean "this part of the user's media as it is now": the accepting side
   * then stores the media ids, as another part would stand there later. Only for jobs of at most
   * {@link #MOST_FROZEN_AT_ACCEPTANCE} targets.
   */
  default boolean freezesMedia(Record parameters) {
    return false;
  }

  /** Name of the stage that a job of this kind begins with. */
  default String firstStage(Record parameters, int targets) {
    return PLAN;
  }

  /** What is wrong with parameters that are valid alone, but not for these targets. */
  default Optional<String> problem(List<String> targets, Record parameters) {
    return Optional.empty();
  }

  /** Class path resource of the JSON Schema of the parameters. */
  default String schemaResource() {
    return "/dev/bailiff/schemas/kind/" + kind() + ".schema.json";
  }
}
