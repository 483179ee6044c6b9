/**
 * The port that counts what a job would work, and its values. It changes nothing. {@code
 * dev.bailiff.counting} says what each kind of job counts by it.
 */
@NullMarked
package dev.bailiff.homeserver.counting;

import org.jspecify.annotations.NullMarked;
