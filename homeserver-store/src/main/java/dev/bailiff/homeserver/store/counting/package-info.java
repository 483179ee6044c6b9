/** Counts what jobs would work in the own store: the numbers of a dry run. Reads only. */
@NullMarked
package dev.bailiff.homeserver.store.counting;

import org.jspecify.annotations.NullMarked;
