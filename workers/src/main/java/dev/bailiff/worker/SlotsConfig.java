package dev.bailiff.worker;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.bailiff.job.JobKind;
import jakarta.validation.constraints.Min;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The block {@code slots}: how many segments this worker works at a time.
 *
 * <pre>
 * key     default  meaning
 * express 1        slots for first segments of stages, of all kinds; 0: none
 * others  1        slots of each kind that is not named in kinds
 * kinds   {}       slots by kind; 0: not subscribed
 * </pre>
 *
 * A slot costs a thread, a database connection while it works, and about 0.5 % of a core for its
 * idle consumer.
 */
public final class SlotsConfig {
  @Min(0)
  @JsonProperty
  private int express = 1;

  @Min(0)
  @JsonProperty
  private int others = 1;

  @JsonProperty private Map<String, Integer> kinds = new LinkedHashMap<>();

  /** For the YAML. */
  public SlotsConfig() {}

  /** Creates the block with the same number of slots for each kind. */
  public SlotsConfig(int express, int others) {
    this.express = express;
    this.others = others;
  }

  /** Number of slots for express commands. */
  public int express() {
    return express;
  }

  /** Number of slots for a kind. */
  public int of(JobKind kind) {
    return Math.max(0, kinds.getOrDefault(kind.name(), others));
  }
}
