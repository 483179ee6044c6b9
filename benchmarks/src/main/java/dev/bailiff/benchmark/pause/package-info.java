/**
 * A kind of job that changes nothing: each batch waits as long as a homeserver would take to
 * answer. It shows what the engine costs, and how it scales where the time passes elsewhere. Found
 * like every other kind; nobody outside the measurements has it.
 */
@NullMarked
package dev.bailiff.benchmark.pause;

import org.jspecify.annotations.NullMarked;
