/** Suspension of accounts on Synapse. */
@NullMarked
package dev.bailiff.homeserver.synapse.suspension;

import org.jspecify.annotations.NullMarked;
