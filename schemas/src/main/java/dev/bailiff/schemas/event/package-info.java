/** Records on {@code bailiff.job-events}: changes of jobs, for gateways and integrations. */
@NullMarked
package dev.bailiff.schemas.event;

import org.jspecify.annotations.NullMarked;
