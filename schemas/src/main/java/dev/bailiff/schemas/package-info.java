/** Contracts that outlive a process. Data only: no logic, nothing of the other modules. */
@NullMarked
package dev.bailiff.schemas;

import org.jspecify.annotations.NullMarked;
