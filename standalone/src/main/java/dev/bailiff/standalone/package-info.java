/**
 * The {@code bailiff} command. Starts PostgreSQL, Kafka, gateway and workers in one process, and is
 * a client of the HTTP API. Holds no moderation logic: the modules below do the work of jobs.
 */
@NullMarked
package dev.bailiff.standalone;

import org.jspecify.annotations.NullMarked;
