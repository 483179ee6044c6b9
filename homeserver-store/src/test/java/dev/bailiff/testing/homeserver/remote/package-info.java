/** A homeserver behind a fake network: its state, its features, and the troubles on the way. */
@NullMarked
package dev.bailiff.testing.homeserver.remote;

import org.jspecify.annotations.NullMarked;
