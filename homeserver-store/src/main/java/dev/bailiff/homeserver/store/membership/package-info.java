/** Memberships and profiles of users in rooms: how they are read, ended and spread. */
@NullMarked
package dev.bailiff.homeserver.store.membership;

import org.jspecify.annotations.NullMarked;
