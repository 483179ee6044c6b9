package dev.bailiff.gateway.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.job.JobView;
import dev.bailiff.schemas.api.ReplyJson;
import java.time.Clock;
import java.util.function.Function;

/** The data of events: the state of a job in one line of JSON. */
final class JobStates implements Function<JobView, byte[]> {
  private final Clock clock;
  private final ObjectMapper json = ReplyJson.configure(new ObjectMapper());

  JobStates(Clock clock) {
    this.clock = clock;
  }

  @Override
  public byte[] apply(JobView job) {
    try {
      return json.writeValueAsBytes(JobReplies.change(job, clock.instant()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of ours cannot be written", e);
    }
  }
}
