package dev.bailiff.job;

import dev.bailiff.schemas.command.SegmentCommand;

/**
 * A command as Kafka delivered it; a lease is taken through a delivery. If a worker dies or loses
 * the command's lock, Kafka delivers the command to another worker, with a higher count.
 *
 * @param segment the segment that the command points to
 * @param epoch the epoch of that segment in the command
 * @param count how often the command was delivered, 1-based
 */
public record Delivery(SegmentKey segment, int epoch, int count) {

  /** The delivery of a command that was delivered the {@code count}-th time. */
  public static Delivery of(SegmentCommand command, int count) {
    return new Delivery(
        new SegmentKey(new JobId(command.jobId()), command.stage(), command.segment()),
        command.epoch(),
        count);
  }
}
