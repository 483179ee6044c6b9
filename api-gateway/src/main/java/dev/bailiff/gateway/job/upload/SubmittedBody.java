package dev.bailiff.gateway.job.upload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a submission while it is read. Each question may throw an {@link
 * dev.bailiff.gateway.error.ApiException}.
 */
public interface SubmittedBody {

  /** The next target, as it was written; null at the end, and then the body is whole. */
  @Nullable ArrivingTarget next();

  /**
   * The request, without its list of targets; empty until it has arrived. It has arrived at the
   * latest when there is no further target.
   */
  Optional<ObjectNode> request();

  /** Whether the body has a list of targets, which may be empty. Known at the end. */
  boolean hasTargets();
}
