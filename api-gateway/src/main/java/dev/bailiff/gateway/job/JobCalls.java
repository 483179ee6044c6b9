package dev.bailiff.gateway.job;

import dev.bailiff.gateway.job.approval.ApprovalResource;
import dev.bailiff.gateway.job.follow.EventsResource;
import dev.bailiff.gateway.job.follow.Following;
import dev.bailiff.gateway.job.follow.JobEventsResource;
import dev.bailiff.gateway.job.receipt.Receipts;
import dev.bailiff.gateway.job.submit.ApiSubmission;
import dev.bailiff.gateway.job.submit.JobRepetition;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.CommandPublisher;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Bailiff's own API: jobs, and the workers that do them.
 *
 * @param kinds names of the kinds of job
 * @param longest how long a client may wait for another version of a job
 */
public record JobCalls(
    ApiSubmission submission,
    JobRepetition repetition,
    JobStore store,
    CommandPublisher publisher,
    TargetsResource targets,
    Receipts receipts,
    PlanResource plans,
    ApprovalResource approvals,
    Following following,
    Collection<String> kinds,
    Duration longest,
    Clock clock)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    var states = new JobStates(clock);
    return List.of(
        new JobResource(submission, store, following, longest, clock),
        new JobEventsResource(following, states),
        new EventsResource(following, states, kinds),
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
