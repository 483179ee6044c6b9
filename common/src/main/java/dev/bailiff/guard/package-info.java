/**
 * Guard rails: what jobs and calls of admins leave alone, whoever asks. Gateways ask when something
 * is submitted, workers again at the moment of the work.
 */
@NullMarked
package dev.bailiff.guard;

import org.jspecify.annotations.NullMarked;
