/**
 * The example community, the driver of batches, and rows of the own store's tables. The packages
 * below have the contract of the homeserver port, and a homeserver behind a fake network.
 */
@NullMarked
package dev.bailiff.testing.homeserver;

import org.jspecify.annotations.NullMarked;
