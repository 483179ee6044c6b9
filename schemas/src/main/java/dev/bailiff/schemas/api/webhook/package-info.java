/** Replies about webhooks and the messages that were not delivered. */
@NullMarked
package dev.bailiff.schemas.api.webhook;

import org.jspecify.annotations.NullMarked;
