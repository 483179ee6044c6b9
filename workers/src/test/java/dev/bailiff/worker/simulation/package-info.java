/**
 * The engine's own code on one thread, against the real SQL, with faults injected before any step.
 *
 * <p>A {@link dev.bailiff.worker.simulation.Simulation} is one schedule, made from a seed. A few
 * {@link dev.bailiff.worker.simulation.SimulatedProcess}es accept, cancel, work and maintain jobs;
 * their turns come in random order. {@link dev.bailiff.worker.simulation.Faults} act before each
 * statement, around each commit and before each publication. They may kill the process, lose the
 * answer, or move the clock and let the other processes go on. In the end every job must have
 * ended, with each effect there once. The same seed gives the same schedule.
 */
@NullMarked
package dev.bailiff.worker.simulation;

import org.jspecify.annotations.NullMarked;
