package dev.bailiff.guard;

import dev.bailiff.homeserver.batch.Target;

/** A target that is left alone, and why. */
public record Spared(Target target, Rail rail) {}
