/**
 * Media of the own store, as the light calls read and change their records: lists by user and by
 * room, quarantine, copies of other servers' media (admin-api 4.13, 5.15 to 5.23, 5.41). Files are
 * in {@code homeserver.media}.
 */
@NullMarked
package dev.bailiff.homeserver.store.media;

import org.jspecify.annotations.NullMarked;
