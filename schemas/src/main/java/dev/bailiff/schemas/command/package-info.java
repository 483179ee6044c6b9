/** Kafka commands: the pointers to a job's segments that workers receive. */
@NullMarked
package dev.bailiff.schemas.command;

import org.jspecify.annotations.NullMarked;
