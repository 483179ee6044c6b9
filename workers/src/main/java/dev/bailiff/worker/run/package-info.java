/**
 * Working a leased segment: batches, checkpoints, retries, the two-second yield. This package knows
 * stages, but no kinds, no Kafka loop and no database.
 */
@NullMarked
package dev.bailiff.worker.run;

import org.jspecify.annotations.NullMarked;
