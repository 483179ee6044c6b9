/**
 * Calls about users: their accounts, sessions, devices, limits and rooms (admin-api 4.1 to 4.12,
 * 4.15, 4.18 to 4.33, 5.26 to 5.29). Built on the package above, which knows nothing of this one.
 */
@NullMarked
package dev.bailiff.gateway.resource.user;

import org.jspecify.annotations.NullMarked;
