/**
 * Working a leased segment: batches, checkpoints, retries, the two-second yield. Knows stages, no
 * kinds and no Kafka loop.
 */
@NullMarked
package dev.bailiff.worker.run;

import org.jspecify.annotations.NullMarked;
