/**
 * A kind of job that lives in the tests alone, in the form of a kind that somebody else writes. It
 * reports in how many rooms users are. Its parts are found as those of every other kind, so no
 * class of the engine, of the gateway's submission or of the job store knows it.
 */
@NullMarked
package dev.bailiff.standalone.audit;

import org.jspecify.annotations.NullMarked;
