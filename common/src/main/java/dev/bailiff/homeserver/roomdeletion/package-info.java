/** The port that shuts rooms down, moves their aliases and purges them, and its values. */
@NullMarked
package dev.bailiff.homeserver.roomdeletion;

import org.jspecify.annotations.NullMarked;
