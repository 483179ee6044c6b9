package dev.bailiff.gateway.job.wait;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.job.JobView;
import org.jspecify.annotations.Nullable;

/** What one kind of waiting call answers. */
public interface WaitedReply {

  /** An empty object. */
  WaitedReply EMPTY = job -> JsonNodeFactory.instance.objectNode();

  /**
   * The documented body with all its keys, as far as {@code job} has got.
   *
   * @param job null if the store did not answer; then nothing may be read
   */
  ObjectNode body(@Nullable JobView job);

  /** Whether the call answers now though the job goes on. */
  default boolean isEnough(JobView job) {
    return false;
  }
}
