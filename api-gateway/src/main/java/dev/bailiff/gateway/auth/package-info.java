/**
 * Authentication: the token of a request, its owner, and whether the owner may make the call
 * (admin-api 1.2, 1.3), in the order that the API fixes. Tokens and passwords are hashed on arrival
 * and never logged.
 */
@NullMarked
package dev.bailiff.gateway.auth;

import org.jspecify.annotations.NullMarked;
