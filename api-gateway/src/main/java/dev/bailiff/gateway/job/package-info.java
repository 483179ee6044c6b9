/** Bailiff's own API for jobs under {@code /_bailiff/v1}, and how a job is shown as JSON. */
@NullMarked
package dev.bailiff.gateway.job;

import org.jspecify.annotations.NullMarked;
