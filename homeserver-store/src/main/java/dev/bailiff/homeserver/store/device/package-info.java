/**
 * Devices of users with their keys, pushers and tokens (admin-api 4.18 to 4.25). All operations are
 * set-based and light; the package knows nothing of requests.
 */
@NullMarked
package dev.bailiff.homeserver.store.device;

import org.jspecify.annotations.NullMarked;
