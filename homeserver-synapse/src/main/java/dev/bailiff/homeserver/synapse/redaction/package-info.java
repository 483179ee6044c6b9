/** Redaction of events on Synapse. */
@NullMarked
package dev.bailiff.homeserver.synapse.redaction;

import org.jspecify.annotations.NullMarked;
