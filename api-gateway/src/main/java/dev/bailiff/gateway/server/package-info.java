/**
 * The HTTP server around the calls: connections and threads per client, what the request log shows.
 */
@NullMarked
package dev.bailiff.gateway.server;

import org.jspecify.annotations.NullMarked;
