/**
 * Duties that make up for workers that died: each is a class with {@code runOnce()}, safe in any
 * number of processes at once because the store shares out the rows.
 */
@NullMarked
package dev.bailiff.worker.maintain;

import org.jspecify.annotations.NullMarked;
