package dev.bailiff.homeserver.synapse.purge;

import java.time.Duration;

/** The result of a batch of a purge by direct SQL. */
public sealed interface PurgeStep {

  /**
   * Events are gone.
   *
   * @param events their number
   * @param last stream position up to which none is left that this purge deletes
   */
  record Deleted(long events, long last) implements PurgeStep {}

  /**
   * Nothing more can be done now.
   *
   * @param events number of events that are gone before that
   * @param last stream position up to which none is left that this purge deletes
   * @param again wait before the next batch
   * @param reason for people
   * @param blocksPurge whether the room's own state is the reason, which may never change
   */
  record Later(long events, long last, Duration again, String reason, boolean blocksPurge)
      implements PurgeStep {}

  /** The room was unblocked; nothing more is deleted. */
  record Unblocked(long events) implements PurgeStep {}

  /** Synapse has to purge the rest. */
  record Refused(long events, String reason) implements PurgeStep {}
}
