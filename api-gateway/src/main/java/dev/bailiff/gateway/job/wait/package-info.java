/**
 * Calls that answer when their job has ended: how long a client wants to wait, the waits
 * themselves, and how their replies are built. A waiting call holds no thread and no connection.
 * The package knows jobs but no endpoint.
 */
@NullMarked
package dev.bailiff.gateway.job.wait;

import org.jspecify.annotations.NullMarked;
