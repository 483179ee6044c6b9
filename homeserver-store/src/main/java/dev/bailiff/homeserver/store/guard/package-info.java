/** Which accounts jobs leave alone, as the own store knows it. */
@NullMarked
package dev.bailiff.homeserver.store.guard;

import org.jspecify.annotations.NullMarked;
