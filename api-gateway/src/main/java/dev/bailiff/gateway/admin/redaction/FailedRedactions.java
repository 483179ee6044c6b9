package dev.bailiff.gateway.admin.redaction;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobReader;
import java.util.List;

/** The events that a job could not redact, each with the reason (admin-api 4.35). */
public record FailedRedactions(JobReader jobs) {
  private static final int PAGE = 1_000;

  public ObjectNode of(JobId job) {
    var failed = JsonNodeFactory.instance.objectNode();
    long after = 0;
    List<JobView.FailureView> page;
    do {
      page = jobs.failures(job, after, PAGE);
      for (var failure : page) {
        failed.put(failure.item(), failure.text());
        after = failure.id();
      }
    } while (page.size() == PAGE);
    return failed;
  }
}
