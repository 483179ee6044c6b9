/**
 * Webhooks: who is told of changes of jobs, what is still to be delivered, which addresses may be
 * called, and how messages are signed.
 */
@NullMarked
package dev.bailiff.webhook;

import org.jspecify.annotations.NullMarked;
