/** What the port needs to shut rooms down, to move their aliases and to purge them. */
@NullMarked
package dev.bailiff.homeserver.roomdeletion;

import org.jspecify.annotations.NullMarked;
