/**
 * Rooms as the light calls of the gateway read them, and the block list (admin-api 4.36, 5.6, 5.9,
 * 5.10). What changes a room's events or members is a job and lives one package up.
 */
@NullMarked
package dev.bailiff.homeserver.store.room;

import org.jspecify.annotations.NullMarked;
