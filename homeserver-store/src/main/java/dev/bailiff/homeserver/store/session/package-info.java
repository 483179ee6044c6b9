/**
 * Access tokens, sessions and the recorded uses of tokens (admin-api 1.2, 4.5, 4.15 to 4.17, 5.32).
 * Only the SHA-256 of a token reaches this package, never the plain token.
 */
@NullMarked
package dev.bailiff.homeserver.store.session;

import org.jspecify.annotations.NullMarked;
