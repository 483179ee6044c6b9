/** The port that deletes media, and its values. */
@NullMarked
package dev.bailiff.homeserver.media;

import org.jspecify.annotations.NullMarked;
