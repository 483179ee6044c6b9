/** What the port needs to delete media. */
@NullMarked
package dev.bailiff.homeserver.media;

import org.jspecify.annotations.NullMarked;
