/**
 * The homeserver port on a running Synapse, reached over its admin API. {@link
 * dev.bailiff.homeserver.synapse.SynapseHomeserver} is the entry point. {@code http} sends calls,
 * {@code api} names them, {@code batch} and {@code task} make batches of them; each other package
 * is a feature. {@code purge} works in Synapse's own database; nothing else here knows a database,
 * and nothing knows jobs or Kafka.
 */
@NullMarked
package dev.bailiff.homeserver.synapse;

import org.jspecify.annotations.NullMarked;
