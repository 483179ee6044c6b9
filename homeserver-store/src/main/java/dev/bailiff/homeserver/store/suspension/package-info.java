/** Suspension of accounts, many at a time, and the verdict on it (admin-api 5.26). */
@NullMarked
package dev.bailiff.homeserver.store.suspension;

import org.jspecify.annotations.NullMarked;
