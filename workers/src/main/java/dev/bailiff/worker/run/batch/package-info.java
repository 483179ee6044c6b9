/** One batch of a segment: its size, its commit, and what is done when it cannot be done. */
@NullMarked
package dev.bailiff.worker.run.batch;

import org.jspecify.annotations.NullMarked;
