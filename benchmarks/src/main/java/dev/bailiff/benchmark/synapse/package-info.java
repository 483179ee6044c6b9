/** Rows about Bailiff in front of a real Synapse, each beside Synapse's own way. */
@NullMarked
package dev.bailiff.benchmark.synapse;

import org.jspecify.annotations.NullMarked;
