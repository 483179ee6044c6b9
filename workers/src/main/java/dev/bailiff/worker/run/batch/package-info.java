/** One batch of a segment: its size, its commit, and the handling of its failure. */
@NullMarked
package dev.bailiff.worker.run.batch;

import org.jspecify.annotations.NullMarked;
