/**
 * What the command writes for people: progress bars on a terminal, plain lines in a pipe, tables.
 *
 * <p>Pure text work on values of its own; knows no HTTP, no job and no server.
 */
@NullMarked
package dev.bailiff.standalone.terminal;

import org.jspecify.annotations.NullMarked;
