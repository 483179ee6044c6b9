/**
 * What the gateway must withstand: generated ids, queries, bodies and heads, limits, slow clients.
 * Says nothing of what calls do; {@code conformance} does.
 */
package dev.bailiff.gateway.abuse;
