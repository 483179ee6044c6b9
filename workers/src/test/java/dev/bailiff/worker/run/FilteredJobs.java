package dev.bailiff.worker.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetSource;
import java.util.List;

/** Requests whose targets a filter finds. */
public final class FilteredJobs {
  private FilteredJobs() {}

  /** A request of the admin of the example community. */
  public static JobRequest request(String kind, Record parameters, JobOrigin origin) {
    return new JobRequest(
        JobParameters.of(KindContracts.load().require(new JobKind(kind)), parameters),
        TargetSource.of(List.of()),
        "@admin:chat.example",
        "@admin:chat.example",
        JobTerms.USUAL,
        origin,
        false,
        null);
  }

  /** A filter, as JSON with single quotes. */
  public static JobOrigin filter(String json) {
    return JobOrigin.filter(json(json), JobOrigin.USUAL_MOST_TARGETS);
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
