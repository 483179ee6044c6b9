/**
 * Delivers messages about jobs to webhooks: takes what is due from the store, calls receivers at
 * checked addresses, and notes what became of it.
 */
@NullMarked
package dev.bailiff.worker.webhook;

import org.jspecify.annotations.NullMarked;
