/**
 * Events: reading, making and writing them, and deciding which redactions are in force. All
 * statements of the batches on the big event table stand in one class, so that a test can check
 * their plans.
 */
@NullMarked
package dev.bailiff.homeserver.store.event;

import org.jspecify.annotations.NullMarked;
