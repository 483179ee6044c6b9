/** What the port needs to close accounts and to take them out of their rooms. */
@NullMarked
package dev.bailiff.homeserver.deactivation;

import org.jspecify.annotations.NullMarked;
