/**
 * Who calls: the token of a request, its owner, and whether that owner may call (admin-api 1.2,
 * 1.3), in the order that the API fixes. Tokens and passwords are hashed at the door and never
 * logged.
 */
@NullMarked
package dev.bailiff.gateway.auth;

import org.jspecify.annotations.NullMarked;
