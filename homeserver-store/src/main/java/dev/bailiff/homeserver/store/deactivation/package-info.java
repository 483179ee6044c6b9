/** Closing of accounts, leaving of their rooms, and the verdict on both. */
@NullMarked
package dev.bailiff.homeserver.store.deactivation;

import org.jspecify.annotations.NullMarked;
