/** Metrics of the gateway for Prometheus, on the admin port. */
@NullMarked
package dev.bailiff.gateway.metric;

import org.jspecify.annotations.NullMarked;
