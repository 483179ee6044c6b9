package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.job.store.JobTargets;

/** What stages work with. */
public record StageServices(Homeserver homeserver, JobTargets targets) {}
