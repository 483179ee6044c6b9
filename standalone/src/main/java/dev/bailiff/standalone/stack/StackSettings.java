package dev.bailiff.standalone.stack;

import dev.bailiff.gateway.job.approval.ApprovalConfig;
import dev.bailiff.standalone.stack.RuntimeInfo.SynapseInfo;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a stack.
 *
 * @param port of the HTTP API on 127.0.0.1; 0 = any free one
 * @param workers started in this process; 0 = others join by {@code bailiff worker}
 * @param synapse the live homeserver that the jobs act on; null: Bailiff's own store
 * @param serverName of the live homeserver; null if there is none
 * @param resumesCopiedJobs whether jobs go on that are paused as their folder or database was
 *     copied or restored
 * @param approvals which jobs a second person has to approve
 */
public record StackSettings(
    int port,
    int workers,
    @Nullable SynapseInfo synapse,
    @Nullable String serverName,
    boolean resumesCopiedJobs,
    ApprovalConfig approvals) {
  /** The settings of a stack on Bailiff's own store. */
  public StackSettings(int port, int workers) {
    this(port, workers, null, null, false, ApprovalConfig.DEFAULT);
  }

  public StackSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "port " + port + " is out of range: give one from 1 to 65535, or 0 for any that is free");
    }
    if (workers < 0) {
      throw new IllegalArgumentException("there cannot be " + workers + " workers: give 0 or more");
    }
  }

  /** The same settings in front of a Synapse that does not say its name now. */
  public StackSettings inFrontOfUnknown(SynapseInfo homeserver) {
    return new StackSettings(port, workers, homeserver, null, resumesCopiedJobs, approvals);
  }

  /** The same settings in front of a Synapse. */
  public StackSettings inFrontOf(SynapseInfo homeserver, String nameOfServer) {
    return new StackSettings(port, workers, homeserver, nameOfServer, resumesCopiedJobs, approvals);
  }

  /** The same settings for a start that lets the jobs of a copy go on. */
  public StackSettings resumingCopiedJobs() {
    return new StackSettings(port, workers, synapse, serverName, true, approvals);
  }

  /** The same settings with another policy of approvals. */
  public StackSettings approving(ApprovalConfig others) {
    return new StackSettings(port, workers, synapse, serverName, resumesCopiedJobs, others);
  }
}
