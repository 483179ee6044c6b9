/** Finds the call of a path, before JAX-RS reads the path. Knows no endpoint and no store. */
@NullMarked
package dev.bailiff.gateway.route;

import org.jspecify.annotations.NullMarked;
