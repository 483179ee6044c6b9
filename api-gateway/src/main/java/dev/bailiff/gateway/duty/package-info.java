/** Background work of a gateway: upkeep of the store, the events of jobs, gauges. */
@NullMarked
package dev.bailiff.gateway.duty;

import org.jspecify.annotations.NullMarked;
