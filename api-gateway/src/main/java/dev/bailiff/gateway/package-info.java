/**
 * Wiring of the gateway: its application and configuration, read from top to bottom. The calls are
 * in {@code admin}, one package per feature, and in {@code job}. Depends on the shared model and
 * store, never on the workers.
 */
@NullMarked
package dev.bailiff.gateway;

import org.jspecify.annotations.NullMarked;
