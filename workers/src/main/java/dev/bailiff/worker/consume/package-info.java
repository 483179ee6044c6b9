/**
 * From Kafka to a run: one share consumer a slot, explicit acknowledgement, dead letters for
 * records that are not commands.
 */
@NullMarked
package dev.bailiff.worker.consume;

import org.jspecify.annotations.NullMarked;
