/** Rows about the kinds of job. */
@NullMarked
package dev.bailiff.benchmark.kind;

import org.jspecify.annotations.NullMarked;
