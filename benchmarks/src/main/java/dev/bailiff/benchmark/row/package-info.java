/** The rows of the table, and the comparison with plain SQL that several rows share. */
@NullMarked
package dev.bailiff.benchmark.row;

import org.jspecify.annotations.NullMarked;
