/**
 * What a dry run of each kind of job counts: a small class for each kind, found by {@link
 * java.util.ServiceLoader} as {@link dev.bailiff.counting.KindCounter}. Workers count with it while
 * they plan, and gateways again when a plan is run. Nothing here changes anything.
 */
@NullMarked
package dev.bailiff.counting;

import org.jspecify.annotations.NullMarked;
