/**
 * Jobs as they change: one feed for a gateway, and those who follow it, which are streams of
 * server-sent events and long polls. Neither holds a thread or a connection to the database while
 * it waits. The package knows no form of a reply.
 */
@NullMarked
package dev.bailiff.gateway.job.follow;

import org.jspecify.annotations.NullMarked;
