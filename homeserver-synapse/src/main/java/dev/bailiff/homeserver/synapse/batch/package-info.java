/** Batches of the port made of calls: prefixes of lists, items that are asked again. */
@NullMarked
package dev.bailiff.homeserver.synapse.batch;

import org.jspecify.annotations.NullMarked;
