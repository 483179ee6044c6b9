/** Deletion of rooms on Synapse. */
@NullMarked
package dev.bailiff.homeserver.synapse.roomdeletion;

import org.jspecify.annotations.NullMarked;
