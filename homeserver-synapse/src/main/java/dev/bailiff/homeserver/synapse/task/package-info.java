/** Tasks of Synapse: started once, polled, adopted after a crash. */
@NullMarked
package dev.bailiff.homeserver.synapse.task;

import org.jspecify.annotations.NullMarked;
