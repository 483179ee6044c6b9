/**
 * The part of a kind in the acceptance of its jobs: checks against this homeserver, and a snapshot
 * of the meaning of their targets. A kind that needs it names a {@link
 * dev.bailiff.gateway.job.kind.KindAcceptance} in {@code META-INF/services}. Submission knows no
 * kind by name.
 */
@NullMarked
package dev.bailiff.gateway.job.kind;

import org.jspecify.annotations.NullMarked;
