/**
 * One error body for all errors: the exception, its JSON, and the mappers for errors of Jersey and
 * Jetty. Depends on no other package of the gateway.
 */
@NullMarked
package dev.bailiff.gateway.error;

import org.jspecify.annotations.NullMarked;
