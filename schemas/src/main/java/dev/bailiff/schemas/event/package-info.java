/** Records on {@code bailiff.job-events}: what happens to jobs, for gateways and integrations. */
@NullMarked
package dev.bailiff.schemas.event;

import org.jspecify.annotations.NullMarked;
