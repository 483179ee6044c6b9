/**
 * Attacks that the gateway must withstand: generated ids, queries, bodies and heads, limits, slow
 * clients. The tests of {@code conformance} check the effects of calls.
 */
package dev.bailiff.gateway.abuse;
