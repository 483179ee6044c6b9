/**
 * A kind of job that changes nothing: each batch waits as long as a homeserver would take to
 * answer. The kind shows the cost of the engine, and how the engine scales when the time passes
 * elsewhere. Bailiff finds the kind like every other kind; only the measurements include it.
 */
@NullMarked
package dev.bailiff.benchmark.pause;

import org.jspecify.annotations.NullMarked;
