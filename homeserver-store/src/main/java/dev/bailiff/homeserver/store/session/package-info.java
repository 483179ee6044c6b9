/**
 * Access tokens, sessions and where they were used from (admin-api 1.2, 4.5, 4.15 to 4.17, 5.32).
 * Plain tokens never come in here, only their SHA-256.
 */
@NullMarked
package dev.bailiff.homeserver.store.session;

import org.jspecify.annotations.NullMarked;
