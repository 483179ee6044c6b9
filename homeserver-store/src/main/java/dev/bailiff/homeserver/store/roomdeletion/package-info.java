/**
 * Deletion of rooms: their replacement, the removal of members, aliases, and the purge (admin-api
 * 4.37 to 4.39, 5.1, 5.2).
 */
@NullMarked
package dev.bailiff.homeserver.store.roomdeletion;

import org.jspecify.annotations.NullMarked;
