/**
 * Jobs and their parts as values: jobs, their statuses and their ids. No SQL, no Kafka, no HTTP;
 * the tables are in {@code job.store}.
 */
@NullMarked
package dev.bailiff.job;

import org.jspecify.annotations.NullMarked;
