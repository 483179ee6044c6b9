/**
 * The contract of the homeserver port, the example community, and a homeserver behind a fake
 * network.
 */
@NullMarked
package dev.bailiff.testing.homeserver;

import org.jspecify.annotations.NullMarked;
