/**
 * A live Synapse behind the gateway: its look-ups, and its answer to who a caller is. All calls
 * that become no jobs are passed on to it.
 */
@NullMarked
package dev.bailiff.gateway.synapse;

import org.jspecify.annotations.NullMarked;
