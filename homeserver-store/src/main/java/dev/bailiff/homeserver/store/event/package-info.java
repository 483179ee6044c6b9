/**
 * Events: how they are read, made and written, and which redactions of them hold. Statements that
 * touch the big event table stand in one class, so that a test can hold their plans.
 */
@NullMarked
package dev.bailiff.homeserver.store.event;

import org.jspecify.annotations.NullMarked;
