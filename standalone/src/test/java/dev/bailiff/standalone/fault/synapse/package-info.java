/**
 * The whole stack before a real Synapse, while something is broken on purpose: workers, Synapse,
 * the way between them, or what others do to Synapse beside us. The tests ask Synapse itself how
 * things ended. They run with the Maven profile {@code synapse} alone, as they need Python.
 */
@NullMarked
package dev.bailiff.standalone.fault.synapse;

import org.jspecify.annotations.NullMarked;
