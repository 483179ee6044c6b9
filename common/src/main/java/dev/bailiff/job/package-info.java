/**
 * Jobs and their parts as values: what a job is, which states it has, how ids look. No SQL, no
 * Kafka, no HTTP; the tables are in {@code job.store}.
 */
@NullMarked
package dev.bailiff.job;

import org.jspecify.annotations.NullMarked;
