/** Which accounts jobs leave alone, as Synapse knows it. */
@NullMarked
package dev.bailiff.homeserver.synapse.guard;

import org.jspecify.annotations.NullMarked;
