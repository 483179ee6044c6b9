package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.job.store.JobTargets;

/** The services that stages work with: the homeserver, and the targets of jobs. */
public record StageServices(Homeserver homeserver, JobTargets targets) {}
