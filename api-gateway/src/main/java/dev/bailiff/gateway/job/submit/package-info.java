/**
 * From a checked request to a stored job: parameters against the kind's JSON Schema, acceptance in
 * one transaction, commands published after it. Rules 1 and 4 of {@code docs/architecture.md} meet
 * here.
 */
@NullMarked
package dev.bailiff.gateway.job.submit;

import org.jspecify.annotations.NullMarked;
