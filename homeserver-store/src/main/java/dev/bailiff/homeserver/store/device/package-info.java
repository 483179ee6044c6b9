/**
 * Devices of users and what goes with them: keys, pushers, tokens (admin-api 4.18 to 4.25).
 * Set-based and light; knows nothing of requests.
 */
@NullMarked
package dev.bailiff.homeserver.store.device;

import org.jspecify.annotations.NullMarked;
