/**
 * Memberships and profiles of users in rooms: reading them, ending memberships, and writing a
 * changed profile into rooms.
 */
@NullMarked
package dev.bailiff.homeserver.store.membership;

import org.jspecify.annotations.NullMarked;
