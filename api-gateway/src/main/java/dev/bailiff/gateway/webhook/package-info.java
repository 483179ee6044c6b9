/** Webhooks: making, listing and deleting them, and replays of what was not delivered. */
@NullMarked
package dev.bailiff.gateway.webhook;

import org.jspecify.annotations.NullMarked;
