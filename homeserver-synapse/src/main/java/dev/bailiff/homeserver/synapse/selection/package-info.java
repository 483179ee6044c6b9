/**
 * Targets on Synapse, found by their properties: through its lists where they tell a property, and
 * by a call about each target for what is left. Reads only.
 */
@NullMarked
package dev.bailiff.homeserver.synapse.selection;

import org.jspecify.annotations.NullMarked;
