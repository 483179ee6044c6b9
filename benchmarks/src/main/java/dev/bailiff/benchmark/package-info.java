/**
 * Measurements that anyone can repeat: one class for each claim, with its baseline in the same run,
 * on the same data and the same servers. The test run executes no measurement, and no test looks at
 * a clock.
 */
@NullMarked
package dev.bailiff.benchmark;

import org.jspecify.annotations.NullMarked;
