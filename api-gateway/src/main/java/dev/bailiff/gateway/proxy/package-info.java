/**
 * The pass-through: requests that this gateway does not serve go to the homeserver as they came,
 * and its answers go back as they came. Depends on no other package of the gateway but {@code
 * error}.
 */
@NullMarked
package dev.bailiff.gateway.proxy;

import org.jspecify.annotations.NullMarked;
