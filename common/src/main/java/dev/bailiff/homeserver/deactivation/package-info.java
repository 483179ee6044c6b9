/** The port that closes accounts and takes them out of their rooms, and its values. */
@NullMarked
package dev.bailiff.homeserver.deactivation;

import org.jspecify.annotations.NullMarked;
