/**
 * Replies that find a user, or a user's rooms and invites (admin-api 4.11, 4.31 to 4.33, 5.27 to
 * 5.29).
 */
@NullMarked
package dev.bailiff.schemas.api.lookup;

import org.jspecify.annotations.NullMarked;
