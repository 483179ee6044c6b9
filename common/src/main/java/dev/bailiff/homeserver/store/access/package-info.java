/**
 * Access tokens and where they were used from: the light reads and writes behind authentication and
 * login (admin-api 1.2, 4.5, 4.15 to 4.17, 5.32). Plain tokens never come in here, only their
 * SHA-256.
 */
@NullMarked
package dev.bailiff.homeserver.store.access;

import org.jspecify.annotations.NullMarked;
