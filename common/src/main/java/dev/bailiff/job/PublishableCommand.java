package dev.bailiff.job;

import dev.bailiff.schemas.command.SegmentCommand;

/**
 * A command and where it goes.
 *
 * @param express whether it goes to the express topic instead of its kind's
 */
public record PublishableCommand(SegmentCommand command, boolean express) {}
