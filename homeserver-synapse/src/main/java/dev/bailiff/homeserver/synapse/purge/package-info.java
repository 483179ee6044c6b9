/**
 * Purges of large rooms by direct SQL in Synapse's own database. {@link
 * dev.bailiff.homeserver.synapse.purge.SqlPurge} is the entry point. It is used only if the
 * configuration enables it, and only while {@link dev.bailiff.homeserver.synapse.purge.SchemaCheck}
 * finds nothing unknown.
 */
@NullMarked
package dev.bailiff.homeserver.synapse.purge;

import org.jspecify.annotations.NullMarked;
