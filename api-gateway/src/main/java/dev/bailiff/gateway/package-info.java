/**
 * Wiring of the gateway: its application and configuration, read from top to bottom. What answers a
 * call is in {@code admin}, one package a feature, and in {@code job}. Depends on the shared model
 * and store, never on the workers.
 */
@NullMarked
package dev.bailiff.gateway;

import org.jspecify.annotations.NullMarked;
