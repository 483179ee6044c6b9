/** The port that redacts the events of users, and its values. */
@NullMarked
package dev.bailiff.homeserver.redaction;

import org.jspecify.annotations.NullMarked;
