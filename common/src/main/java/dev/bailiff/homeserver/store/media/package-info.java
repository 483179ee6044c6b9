/**
 * Local media of the own store, as the light calls read them (admin-api 4.13): lists by user, and
 * which media such a list means right now. Files are in {@code homeserver.media}.
 */
@NullMarked
package dev.bailiff.homeserver.store.media;

import org.jspecify.annotations.NullMarked;
