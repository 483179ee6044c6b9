/**
 * From Kafka to a run: one share consumer a slot, explicit acknowledgement, dead letters for what
 * cannot be read.
 */
@NullMarked
package dev.bailiff.worker.consume;

import org.jspecify.annotations.NullMarked;
