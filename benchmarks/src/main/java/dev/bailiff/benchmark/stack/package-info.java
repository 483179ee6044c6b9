/** The processes that are measured, and their clients. */
@NullMarked
package dev.bailiff.benchmark.stack;

import org.jspecify.annotations.NullMarked;
