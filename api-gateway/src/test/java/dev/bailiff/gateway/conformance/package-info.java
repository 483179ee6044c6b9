/**
 * The admin API, section by section: the answers and errors of each endpoint, on the data of a real
 * homeserver. {@link dev.bailiff.gateway.conformance.Section} names the sections that a class
 * covers; {@code docs/conformance.md} is made from that.
 */
package dev.bailiff.gateway.conformance;
