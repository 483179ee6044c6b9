/**
 * The OpenAPI document and the page that shows it. The page comes from a WebJar and from this
 * package's own resources; nothing is fetched from other servers.
 */
@NullMarked
package dev.bailiff.gateway.resource.docs;

import org.jspecify.annotations.NullMarked;
