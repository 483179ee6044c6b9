/**
 * What the paces of all homeservers are made of: a probe of the time that users wait, and turns in
 * which changes are made.
 */
@NullMarked
package dev.bailiff.homeserver.pace;

import org.jspecify.annotations.NullMarked;
