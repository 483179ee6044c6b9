/**
 * How a request is read: placeholders, queries, bodies and ids, each in one place. Knows no
 * endpoint and no store; may depend on the error package only.
 */
@NullMarked
package dev.bailiff.gateway.request;

import org.jspecify.annotations.NullMarked;
