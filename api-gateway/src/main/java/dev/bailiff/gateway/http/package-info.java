/**
 * The common rules of the API, each in one place: which route a path is, how placeholders, queries,
 * bodies and ids are read, what the request log says. Knows no endpoint and no store; may depend on
 * the error package only.
 */
@NullMarked
package dev.bailiff.gateway.http;

import org.jspecify.annotations.NullMarked;
