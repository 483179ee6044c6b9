/** Which call a path is, found before JAX-RS. Knows no endpoint and no store. */
@NullMarked
package dev.bailiff.gateway.route;

import org.jspecify.annotations.NullMarked;
