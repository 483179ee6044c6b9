package dev.bailiff.gateway.job;

import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.job.JobFilter;
import dev.bailiff.job.store.JobListReader;
import dev.bailiff.schemas.api.JobPageReply;
import java.time.Clock;

/** Pages of jobs as our own API shows them. */
record JobListing(JobListReader lists, Clock clock) {

  /** The page that a query asks for, of the jobs that match. */
  JobPageReply page(JobFilter filter, QueryParameters query) {
    var page = PageQuery.parse(query);
    var found = lists.page(filter, page.cursor(JobListQuery::read).orElse(null), page.limit());
    var now = clock.instant();
    var next = found.next();
    return new JobPageReply(
        found.jobs().stream().map(job -> JobReplies.job(job, now)).toList(),
        next == null ? null : JobListQuery.write(next));
  }
}
