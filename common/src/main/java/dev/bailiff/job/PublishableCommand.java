package dev.bailiff.job;

import dev.bailiff.schemas.command.SegmentCommand;

/**
 * A command and its topic.
 *
 * @param express whether the command goes to the express topic instead of the topic of its kind
 */
public record PublishableCommand(SegmentCommand command, boolean express) {}
