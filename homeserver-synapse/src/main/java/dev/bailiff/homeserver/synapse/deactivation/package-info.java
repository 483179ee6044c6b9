/** Deactivation of accounts on Synapse. */
@NullMarked
package dev.bailiff.homeserver.synapse.deactivation;

import org.jspecify.annotations.NullMarked;
