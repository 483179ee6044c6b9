/**
 * The forms of the body of a submission: JSON, lines of JSON, and a form with a file. Each is read
 * once, from its beginning to its end, target by target, so that its length does not matter.
 */
@NullMarked
package dev.bailiff.gateway.job.upload;

import org.jspecify.annotations.NullMarked;
