/** Rows of jobs, for tests of all modules. */
@NullMarked
package dev.bailiff.testing.job;

import org.jspecify.annotations.NullMarked;
