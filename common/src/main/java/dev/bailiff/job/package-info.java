/**
 * The model of a job: its stages, segments, leases, checkpoints and the transitions between their
 * states. Pure values and rules; the database is one package below, in {@code store}. Knows neither
 * HTTP nor Kafka.
 */
@NullMarked
package dev.bailiff.job;

import org.jspecify.annotations.NullMarked;
