/**
 * Calls that answer when their job has ended: how long a client wants to wait, the waits
 * themselves, and how their replies are built. Holds no thread and no connection while a call
 * waits. Knows jobs, no endpoint.
 */
@NullMarked
package dev.bailiff.gateway.job.wait;

import org.jspecify.annotations.NullMarked;
