/** Purges of history on Synapse, in slices. */
@NullMarked
package dev.bailiff.homeserver.synapse.history;

import org.jspecify.annotations.NullMarked;
