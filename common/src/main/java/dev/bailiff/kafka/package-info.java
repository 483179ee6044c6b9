/**
 * Bailiff's use of Kafka: topics and groups, publishing of commands, publishing and reading of
 * events, and dead letters. Kafka only decides which worker gets a command next; the state of jobs
 * is in the store, which publishes lost commands again.
 */
@NullMarked
package dev.bailiff.kafka;

import org.jspecify.annotations.NullMarked;
