package dev.bailiff.schemas.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The job that runs a plan.
 *
 * @param status as in {@link JobReply}
 * @param planJobId id of the dry run
 * @param changed what changed since the plan; null if the plan was run before, by an earlier call
 */
public record RunReply(
    String jobId, String status, String planJobId, @Nullable ChangedReply changed) {

  /**
   * What changed since a plan. A call counts for a short time only.
   *
   * @param lookedAt how many of the plan's targets were counted again
   * @param exact whether all of them were
   * @param goneCount of those, on how many the run would do nothing any more
   * @param gone some of them, at most 20
   * @param before the numbers of the plan
   * @param now the numbers of now; null unless all targets were counted again
   * @param unknown names of the numbers that the homeserver cannot tell
   * @param filterFinds how many targets the plan's filter finds now; null without a filter
   * @param problem why nothing could be counted; null if it could
   */
  public record ChangedReply(
      long lookedAt,
      boolean exact,
      long goneCount,
      List<PlanReply.LeftOutReply> gone,
      Map<String, Long> before,
      @Nullable Map<String, Long> now,
      List<String> unknown,
      @Nullable FilterFindsReply filterFinds,
      @Nullable String problem) {}

  /**
   * How many targets a filter finds now.
   *
   * @param exact whether all were counted; otherwise there are at least so many
   */
  public record FilterFindsReply(long count, boolean exact) {}
}
