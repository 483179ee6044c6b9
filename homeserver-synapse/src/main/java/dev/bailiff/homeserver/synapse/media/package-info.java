/** Deletion of media on Synapse. */
@NullMarked
package dev.bailiff.homeserver.synapse.media;

import org.jspecify.annotations.NullMarked;
