/** Rows about the job engine: segments, workers, recovery, idle cost. */
@NullMarked
package dev.bailiff.benchmark.engine;

import org.jspecify.annotations.NullMarked;
