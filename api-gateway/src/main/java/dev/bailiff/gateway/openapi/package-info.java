/**
 * The OpenAPI document, joined of the parts in {@code schemas}. It is served and held against the
 * code by tests; nothing is made from it at run time.
 */
@NullMarked
package dev.bailiff.gateway.openapi;

import org.jspecify.annotations.NullMarked;
