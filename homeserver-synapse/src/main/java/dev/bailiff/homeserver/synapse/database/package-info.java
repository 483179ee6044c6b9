/**
 * Synapse's own database: its configuration, connections to it, and the rights of the role. The
 * packages {@code purge} and {@code media} ask it what they need, and only if the configuration
 * allows it.
 */
@NullMarked
package dev.bailiff.homeserver.synapse.database;

import org.jspecify.annotations.NullMarked;
