/** Guard rails at the moment of the work: what a stage leaves alone, whatever was known before. */
@NullMarked
package dev.bailiff.worker.guard;

import org.jspecify.annotations.NullMarked;
