/**
 * What an administrator changes in a room by hand: who is in power, and who is in it (admin-api
 * 5.35). Each call is one transaction that has the room's row to itself, so that what it looked at
 * still holds when it writes.
 */
@NullMarked
package dev.bailiff.homeserver.store.roomadmin;

import org.jspecify.annotations.NullMarked;
