/**
 * Kafka commands and, per job kind, the contract of its parameters. Kinds are found by {@link
 * java.util.ServiceLoader} as {@link dev.bailiff.schemas.command.KindContract}; each has a JSON
 * Schema beside it in the resources.
 */
@NullMarked
package dev.bailiff.schemas.command;

import org.jspecify.annotations.NullMarked;
