/**
 * Gateways and workers as processes of their own on one PostgreSQL and one Kafka, killed while they
 * work.
 */
@NullMarked
package dev.bailiff.standalone.fault;

import org.jspecify.annotations.NullMarked;
