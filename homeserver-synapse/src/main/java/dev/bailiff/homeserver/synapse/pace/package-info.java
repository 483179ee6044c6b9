/**
 * The speed of the calls with which jobs change something: as fast as Synapse can, or so slow that
 * its users do not feel it.
 */
@NullMarked
package dev.bailiff.homeserver.synapse.pace;

import org.jspecify.annotations.NullMarked;
