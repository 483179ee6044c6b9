/** The speed of the batches of large jobs, so that other users of the database do not feel them. */
@NullMarked
package dev.bailiff.homeserver.store.pace;

import org.jspecify.annotations.NullMarked;
