package dev.bailiff.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.schemas.kind.KindContract;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a job.
 *
 * @param contract the contract of the job's kind
 * @param values an instance of the contract's record
 * @param given the client's JSON from which the values were read, valid by the kind's JSON Schema.
 *     The job keeps this JSON unchanged, since the client sees it again. Null if the values never
 *     were JSON
 */
public record JobParameters(KindContract contract, Record values, @Nullable JsonNode given) {

  /** Requires that the values are an instance of the contract's record. */
  public JobParameters {
    if (!contract.parameters().isInstance(values)) {
      throw new IllegalArgumentException(
          values.getClass().getName() + " is not the record of " + contract.kind());
    }
  }

  /** Parameters that never were JSON. */
  public static JobParameters of(KindContract contract, Record values) {
    return new JobParameters(contract, values, null);
  }

  /**
   * Parameters that a client gave.
   *
   * @throws IllegalArgumentException if the parameters do not fit the record
   */
  public static JobParameters parse(KindContract contract, JsonNode given) {
    return new JobParameters(contract, KindContracts.parameters(contract, given), given);
  }

  /** The job's kind. */
  public JobKind kind() {
    return new JobKind(contract.kind());
  }

  /** Name of the first stage of a job with this number of targets. */
  public String firstStage(int targets) {
    return contract.firstStage(values, targets);
  }

  /** The JSON that the store keeps. */
  public JsonNode json() {
    return given == null ? KindContracts.toJson(values) : given;
  }
}
