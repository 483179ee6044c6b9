/**
 * A kind for tests of the engine. Its effect is one row for each item in its own table, so that
 * tests can count items that were done twice or not at all. The engine finds this kind like every
 * other kind, which shows that a new kind needs no change of the engine.
 */
@NullMarked
package dev.bailiff.worker.tally;

import org.jspecify.annotations.NullMarked;
