/** The approval of jobs by a second person: the policy, who may approve, and the calls. */
@NullMarked
package dev.bailiff.gateway.job.approval;

import org.jspecify.annotations.NullMarked;
