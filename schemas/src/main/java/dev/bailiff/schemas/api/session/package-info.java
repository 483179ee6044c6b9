/**
 * Replies about logins, sessions and the addresses of this server (admin-api 4.5, 4.6, 4.15, 5.30
 * to 5.34).
 */
@NullMarked
package dev.bailiff.schemas.api.session;

import org.jspecify.annotations.NullMarked;
