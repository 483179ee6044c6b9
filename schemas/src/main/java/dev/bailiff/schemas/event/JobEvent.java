package dev.bailiff.schemas.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a job. Transitions come at least once, progress at most twice a second
 * a job and may be lost.
 *
 * @param version {@link #VERSION}
 * @param type {@code transition}, {@code stage} (a stage was closed) or {@code progress}
 * @param id number of the transition, the same when it is sent again; null for other types
 * @param from status before, of a transition but the first
 * @param to status after, of a transition
 * @param stage number of the stage, of {@code stage} and {@code progress}
 * @param at when it happened
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
