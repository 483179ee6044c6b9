package dev.bailiff.schemas.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of a job. Each transition is sent at least once. Progress is sent at most twice a second
 * for each job, and may be lost.
 *
 * @param version {@link #VERSION}
 * @param type {@code transition}, {@code stage} (a stage was closed) or {@code progress}
 * @param id number of the transition, the same when it is sent again; null for other types
 * @param from the status before a transition; null for the first transition
 * @param to the status after a transition
 * @param stage number of the stage, for {@code stage} and {@code progress}
 * @param at time of the change
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobEvent(
    int version,
    String type,
    @Nullable Long id,
    UUID jobId,
    String kind,
    @Nullable String from,
    @Nullable String to,
    @Nullable Integer stage,
    Instant at) {

  /** The version written by this release. */
  public static final int VERSION = 1;
}
