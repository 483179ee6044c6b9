/** Counts what jobs would work on Synapse, as far as its API tells. Reads only. */
@NullMarked
package dev.bailiff.homeserver.synapse.counting;

import org.jspecify.annotations.NullMarked;
