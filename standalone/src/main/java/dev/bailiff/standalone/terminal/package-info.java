/**
 * Output of the command for people: progress bars on a terminal, plain lines in a pipe, tables.
 *
 * <p>The package only turns values of its own into text; it knows no HTTP, no job and no server.
 */
@NullMarked
package dev.bailiff.standalone.terminal;

import org.jspecify.annotations.NullMarked;
