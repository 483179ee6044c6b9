/**
 * The port that finds targets by their properties, and its values. It changes nothing. Jobs with a
 * filter use it before every other stage, and clients to see how much a filter would find.
 */
@NullMarked
package dev.bailiff.homeserver.selection;

import org.jspecify.annotations.NullMarked;
