/** The homeserver behind a gateway, as its calls need it. */
@NullMarked
package dev.bailiff.gateway.backend;

import org.jspecify.annotations.NullMarked;
