/**
 * The files of local media, by media id. A small port, so that a folder can be followed by object
 * storage; the records of media are in the homeserver's store, not here.
 */
@NullMarked
package dev.bailiff.homeserver.media;

import org.jspecify.annotations.NullMarked;
