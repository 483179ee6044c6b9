/**
 * Measurements that anyone can repeat: one class for each claim, with its baseline in the same run.
 * Nothing here takes part in the test run.
 */
@NullMarked
package dev.bailiff.benchmark;

import org.jspecify.annotations.NullMarked;
