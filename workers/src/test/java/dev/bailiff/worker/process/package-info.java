/** Workers as processes of their own, and what tests of faults have in common. */
@NullMarked
package dev.bailiff.worker.process;

import org.jspecify.annotations.NullMarked;
