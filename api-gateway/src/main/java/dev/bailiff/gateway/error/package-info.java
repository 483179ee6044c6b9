/**
 * One error body for all: what is thrown, how it is written, and the mappers for what Jersey and
 * Jetty raise themselves. Depends on nothing else of the gateway.
 */
@NullMarked
package dev.bailiff.gateway.error;

import org.jspecify.annotations.NullMarked;
