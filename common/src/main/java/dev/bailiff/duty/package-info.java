/**
 * Background work: duties, the loop that runs them, and threads that go on after any failure and
 * report their health.
 */
@NullMarked
package dev.bailiff.duty;

import org.jspecify.annotations.NullMarked;
