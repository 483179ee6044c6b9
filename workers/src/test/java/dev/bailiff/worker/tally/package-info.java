/**
 * A kind for tests of the engine: its effect is one row an item in a table of its own, so that what
 * was done twice, or not at all, can be counted. It is found like every other kind, which shows
 * that a kind needs no change of the engine.
 */
@NullMarked
package dev.bailiff.worker.tally;

import org.jspecify.annotations.NullMarked;
