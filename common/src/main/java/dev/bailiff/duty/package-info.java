/**
 * Work in the background: duties, the loop that runs them, and threads that go on whatever happens
 * and report that they do.
 */
@NullMarked
package dev.bailiff.duty;

import org.jspecify.annotations.NullMarked;
