/**
 * How every operation of the port works: a batch of targets or a range, an outcome for each of
 * them, and a commit that records the outcome together with the effect.
 */
@NullMarked
package dev.bailiff.homeserver.batch;

import org.jspecify.annotations.NullMarked;
