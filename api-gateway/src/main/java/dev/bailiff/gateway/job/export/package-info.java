/** Whole lists of a job as CSV or as lines of JSON, written while they are read. */
@NullMarked
package dev.bailiff.gateway.job.export;

import org.jspecify.annotations.NullMarked;
