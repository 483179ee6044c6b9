/**
 * Rules for every log of ours, in any configuration: a limit on repeated lines, no secrets, no text
 * that passes for another line, and no library below the level at which it logs its inputs. The
 * package knows Logback and, of our code, only {@code dev.bailiff.text}.
 */
@NullMarked
package dev.bailiff.log;

import org.jspecify.annotations.NullMarked;
