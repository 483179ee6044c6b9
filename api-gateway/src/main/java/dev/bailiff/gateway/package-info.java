/**
 * Wiring of the gateway: its application and configuration, read from top to bottom. What answers a
 * call is in {@code resource}. Depends on the shared model and store, never on the workers.
 */
@NullMarked
package dev.bailiff.gateway;

import org.jspecify.annotations.NullMarked;
