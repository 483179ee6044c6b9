/** The servers of a measurement and the data in them. */
@NullMarked
package dev.bailiff.benchmark.data;

import org.jspecify.annotations.NullMarked;
