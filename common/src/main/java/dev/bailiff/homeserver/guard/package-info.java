/** The port that tells which accounts a job must leave alone, and its values. */
@NullMarked
package dev.bailiff.homeserver.guard;

import org.jspecify.annotations.NullMarked;
