package dev.bailiff.gateway.admin.redaction;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobPartReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events that a job could not redact, each with the reason (admin-api 4.35). */
public record FailedRedactions(JobPartReader parts) {
  private static final int PAGE = 1_000;

  public Map<String, String> of(JobId job) {
    Map<String, String> failed = new LinkedHashMap<>();
    long after = 0;
    List<JobView.FailureView> page;
    do {
      page = parts.failures(job, after, PAGE);
      for (var failure : page) {
        failed.put(failure.item(), failure.text());
        after = failure.id();
      }
    } while (page.size() == PAGE);
    return failed;
  }
}
