/**
 * Changes that an administrator makes in a room by hand: of the power levels and of the members
 * (admin-api 5.35). Each call is one transaction that locks the room's row, so that the state it
 * has read still holds when it writes.
 */
@NullMarked
package dev.bailiff.homeserver.store.roomadmin;

import org.jspecify.annotations.NullMarked;
