/** Clocks, samples and figures: how something is measured. */
@NullMarked
package dev.bailiff.benchmark.measure;

import org.jspecify.annotations.NullMarked;
