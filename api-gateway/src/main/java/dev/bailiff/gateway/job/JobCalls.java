package dev.bailiff.gateway.job;

import dev.bailiff.gateway.job.approval.ApprovalResource;
import dev.bailiff.gateway.job.receipt.Receipts;
import dev.bailiff.gateway.job.submit.ApiSubmission;
import dev.bailiff.gateway.job.submit.JobRepetition;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.CommandPublisher;
import java.time.Clock;
import java.util.List;

/** Bailiff's own API: jobs, and the workers that do them. */
public record JobCalls(
    ApiSubmission submission,
    JobRepetition repetition,
    JobStore store,
    CommandPublisher publisher,
    TargetsResource targets,
    Receipts receipts,
    PlanResource plans,
    ApprovalResource approvals,
    Clock clock)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(
        new JobResource(submission, store, clock),
        new JobControlResource(store, repetition, publisher, clock),
        targets,
        plans,
        approvals,
        new TargetJobsResource(store.lists(), clock),
        new JobPartsResource(store.reader(), store.parts()),
        new ReceiptResource(store.reader(), receipts),
        new WorkersResource(store.workers()));
  }
}
