/** Kafka commands: what a worker gets of a job. */
@NullMarked
package dev.bailiff.schemas.command;

import org.jspecify.annotations.NullMarked;
