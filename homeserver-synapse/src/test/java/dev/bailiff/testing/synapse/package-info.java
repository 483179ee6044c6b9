/**
 * A real Synapse under test. {@link dev.bailiff.testing.synapse.RealSynapse} is the one of this
 * JVM, and {@link dev.bailiff.testing.synapse.SynapseFixture} fills it and looks at it over HTTP.
 * The tests here run with the Maven profile {@code synapse} alone, as they need Python.
 */
@NullMarked
package dev.bailiff.testing.synapse;

import org.jspecify.annotations.NullMarked;
