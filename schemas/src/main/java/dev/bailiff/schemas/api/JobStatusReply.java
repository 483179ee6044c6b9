package dev.bailiff.schemas.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bailiff.schemas.api.PlanReply.LeftOutReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job that was submitted or cancelled just now.
 *
 * @param status as in {@link JobReply}
 * @param leftOut some of the named targets that the job leaves alone, at most 20; null for none
 * @param leftOutCount how many these are; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobStatusReply(
    String jobId,
    String status,
    @Nullable List<LeftOutReply> leftOut,
    @Nullable Long leftOutCount) {

  /** A job that leaves nothing alone, as far as it is known. */
  public JobStatusReply(String jobId, String status) {
    this(jobId, status, null, null);
  }
}
