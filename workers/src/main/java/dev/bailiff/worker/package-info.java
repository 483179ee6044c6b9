/**
 * Wiring of the worker: its application and configuration, read from top to bottom. One package
 * below: {@code consume} takes commands, {@code run} works segments, {@code maintain} keeps the
 * store moving, {@code kind} holds the moderation work itself. Never depends on the gateway.
 */
@NullMarked
package dev.bailiff.worker;

import org.jspecify.annotations.NullMarked;
