/** A gateway in front of a live Synapse, without one: a small server answers what is asked. */
@NullMarked
package dev.bailiff.gateway.synapse;

import org.jspecify.annotations.NullMarked;
