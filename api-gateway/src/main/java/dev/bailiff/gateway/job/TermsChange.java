package dev.bailiff.gateway.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.submit.SubmittedTerms;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.job.store.JobChanges;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PATCH /_bailiff/v1/jobs/<id>}.
 *
 * @param rate null if the body does not name it
 */
record TermsChange(OptionalInt priority, JobChanges.@Nullable Rate rate) {
  private static final Set<String> KEYS = Set.of("priority", "max_rate");

  /**
   * Reads a body.
   *
   * @throws ApiException 400
   */
  static TermsChange read(ObjectNode body) {
    BodyKeys.refuseOthers(body, KEYS, "cannot be changed; 'priority' and 'max_rate' can");
    if (body.isEmpty()) {
      throw ApiException.bad(Errcode.M_MISSING_PARAM, "give 'priority' or 'max_rate'");
    }
    var terms = SubmittedTerms.read(body);
    return new TermsChange(
        body.hasNonNull("priority") ? OptionalInt.of(terms.priority()) : OptionalInt.empty(),
        body.has("max_rate") ? new JobChanges.Rate(terms.maxRate()) : null);
  }
}
