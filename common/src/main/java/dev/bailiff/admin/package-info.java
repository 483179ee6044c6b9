/**
 * The admin port of gateways and workers: what it serves, and to whom. Knows Dropwizard and nothing
 * of ours but the log.
 */
@NullMarked
package dev.bailiff.admin;

import org.jspecify.annotations.NullMarked;
