/**
 * Working a leased segment: batches, checkpoints, retries, the two-second yield. This package knows
 * stages, but no kinds, no Kafka loop and no database.
 *
 * <p>A lease is taken over in two places, both called by {@code SegmentLeasing}. {@link
 * dev.bailiff.job.store.SegmentLeases#lease}, or {@link dev.bailiff.job.store.GroupLeases#lease}
 * for several commands, takes over the lease of the command's own segment. {@code
 * OpenedStageTakeover} takes over the lease of a stage that the former owner opened through the
 * same command; its statements are in {@link dev.bailiff.job.store.OpenedStageLeases}.
 */
@NullMarked
package dev.bailiff.worker.run;

import org.jspecify.annotations.NullMarked;
