package dev.bailiff.schemas.command;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * "Work segment {@code segment} of stage {@code stage} of job {@code jobId} at epoch {@code
 * epoch}": a pointer, never an authority. A command may come twice, late, or out of order; the
 * store decides. Key of the Kafka record: the job id.
 *
 * @param version {@link #VERSION}; commands of other versions go to the dead letters
 * @param kind kind of the job
 * @param epoch the segment's epoch when the command was published
 * @param request the accepted request, in the first command of a job if the request is not above 16
 *     KiB; meant for integrations, as workers read the store
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SegmentCommand(
    int version,
    UUID jobId,
    String kind,
    int stage,
    int segment,
    int epoch,
    @Nullable AcceptedRequest request) {

  /**
   * The version that this release writes, and the only one that it reads. The next version is read
   * one release before it is written, as workers of two releases work side by side (decision 0009).
   */
  public static final int VERSION = 1;
}
