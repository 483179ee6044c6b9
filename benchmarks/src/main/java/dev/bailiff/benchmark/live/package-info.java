/** A real Synapse, the data on it, and Synapse's own way to do the work of a job. */
@NullMarked
package dev.bailiff.benchmark.live;

import org.jspecify.annotations.NullMarked;
