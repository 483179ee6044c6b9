/**
 * The language in which a request names targets by their properties: conditions, their values, and
 * the reader of their JSON. Gateways read what clients wrote, workers what was stored. What a
 * homeserver does to find the targets is no matter of this package.
 */
@NullMarked
package dev.bailiff.schemas.filter;

import org.jspecify.annotations.NullMarked;
