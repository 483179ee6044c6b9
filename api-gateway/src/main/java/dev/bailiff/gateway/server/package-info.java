/** The HTTP server around the calls: connections and threads per client, and the request log. */
@NullMarked
package dev.bailiff.gateway.server;

import org.jspecify.annotations.NullMarked;
