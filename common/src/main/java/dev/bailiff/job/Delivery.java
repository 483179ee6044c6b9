package dev.bailiff.job;

import dev.bailiff.schemas.command.SegmentCommand;

/**
 * A command as Kafka delivered it: what a lease was taken through. Who dies or loses the command's
 * lock has it delivered to somebody else, with a higher count.
 *
 * @param segment what the command points to
 * @param epoch of that segment, as the command has it
 * @param count how often the command was delivered, 1-based
 */
public record Delivery(SegmentKey segment, int epoch, int count) {

  /** Of a command that was delivered the {@code count}-th time. */
  public static Delivery of(SegmentCommand command, int count) {
    return new Delivery(
        new SegmentKey(new JobId(command.jobId()), command.stage(), command.segment()),
        command.epoch(),
        count);
  }
}
