/**
 * Rooms as the calls of the gateway read them, their summaries, and the block list (admin-api 4.36,
 * 5.6, 5.9, 5.10).
 */
@NullMarked
package dev.bailiff.homeserver.store.room;

import org.jspecify.annotations.NullMarked;
