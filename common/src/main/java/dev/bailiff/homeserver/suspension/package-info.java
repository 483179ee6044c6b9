/** The port that suspends accounts. */
@NullMarked
package dev.bailiff.homeserver.suspension;

import org.jspecify.annotations.NullMarked;
