/**
 * The admin port of gateways and workers: its paths and the requests that it admits. The package
 * knows Dropwizard and, of our code, the log and the refusal of an old database.
 */
@NullMarked
package dev.bailiff.admin;

import org.jspecify.annotations.NullMarked;
