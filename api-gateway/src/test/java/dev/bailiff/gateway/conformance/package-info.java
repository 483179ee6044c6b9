/**
 * The admin API, section by section: what each endpoint answers, with every error, on the data of a
 * real homeserver. {@link dev.bailiff.gateway.conformance.Section} says which section a class is
 * about; {@code docs/conformance.md} is made from that.
 */
package dev.bailiff.gateway.conformance;
