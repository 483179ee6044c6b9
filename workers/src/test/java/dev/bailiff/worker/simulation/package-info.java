/**
 * The engine's own code on one thread, against the real SQL, with faults injected before any step.
 *
 * <p>A {@link dev.bailiff.worker.simulation.Simulation} is one schedule, made from a seed: jobs are
 * accepted, cancelled, worked and looked after by a few {@link
 * dev.bailiff.worker.simulation.SimulatedProcess}es, whose turns come in an order of chance. Before
 * each statement, around each commit and before each publication a {@link
 * dev.bailiff.worker.simulation.Faults} may kill the process, lose the answer, or let the others go
 * on in between, with the clock moved on. In the end every job must have ended, with each effect
 * there once. The same seed gives the same schedule.
 */
@NullMarked
package dev.bailiff.worker.simulation;

import org.jspecify.annotations.NullMarked;
